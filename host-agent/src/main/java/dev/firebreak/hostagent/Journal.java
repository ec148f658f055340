package dev.firebreak.hostagent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Malformed;
import dev.firebreak.hostagent.kernel.Remembered;
import dev.firebreak.hostagent.protocol.WireDeny;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What the agent was told, in a file of its own, for the day the kernel's memory is gone (a
/// reboot) or has to be explained (a restart). One checksummed line a fact; a torn last line is cut
/// off. A disk that fails is told to the caller each time; what it refused is written as soon as it
/// takes a whole file again. For several threads.
final class Journal implements AutoCloseable {

    private static final int COMPACT_BEYOND = 4_096;
    private static final int CHECKSUM_DIGITS = 8;

    /// One line: a deny with its end on three clocks, or an id that was dropped, or a generation.
    record Line(
            @Nullable WireDeny put,
            @Nullable String drop,
            long generation,
            @Nullable String bootId,
            long bootExpiryNanos,
            long wallMillis) {}

    private final JsonMapper json;
    private final Path file;
    private final String bootId;
    private final Map<String, Line> denies = new LinkedHashMap<>();
    private final Set<String> dropped = new HashSet<>();
    private @Nullable FileChannel channel; // null while the disk gives none
    private long generation;
    private long linesWritten;

    /// The file does not tell everything, or may end in half a line.
    private boolean damaged = true;

    private boolean failureTold;

    private Journal(JsonMapper json, Path file, String bootId) throws IOException {
        this.json = json;
        this.file = file;
        this.bootId = bootId;
        if (Files.exists(file)) {
            readAll();
        }
        try {
            compact();
        } catch (IOException e) {
            notCompacted(e);
            this.channel = FileChannel.open(file, StandardOpenOption.APPEND);
        }
    }

    static Journal open(JsonMapper json, Path file, String bootId) {
        try {
            return new Journal(json, file, bootId);
        } catch (IOException e) {
            throw new UncheckedIOException("the state file " + file + " cannot be used", e);
        }
    }

    /// What still has time left, by the boot clock when it is the same boot. After a reboot the
    /// wall clock must say how much went by; where it stands before the moment of writing, nothing
    /// is taken off: late, never early.
    synchronized Remembered remembered(long bootNanos, long wallMillis) {
        List<Remembered.Until> until = new ArrayList<>();
        for (Line line : denies.values()) {
            Deny deny = line.put() == null ? null : read(line.put());
            if (deny == null) {
                continue;
            }
            long expiry =
                    bootId.equals(line.bootId())
                            ? line.bootExpiryNanos()
                            : bootNanos + leftAfterReboot(line, deny, wallMillis).toNanos();
            if (expiry > bootNanos) {
                until.add(new Remembered.Until(deny, expiry));
            }
        }
        return new Remembered(until, dropped, generation);
    }

    static Duration leftAfterReboot(Line line, Deny deny, long wallMillis) {
        long passed = Math.max(0, wallMillis - line.wallMillis());
        return deny.remaining().minusMillis(passed);
    }

    synchronized void put(Deny deny, long bootExpiryNanos, long wallMillis) {
        var line =
                new Line(WireDeny.of(deny), null, generation, bootId, bootExpiryNanos, wallMillis);
        denies.put(deny.id(), line);
        append(line);
    }

    /// The line that tells of this deny now.
    synchronized Optional<Line> find(String id) {
        return Optional.ofNullable(denies.get(id));
    }

    /// Makes an earlier line count again.
    synchronized void putBack(String id, Line line) {
        denies.put(id, line);
        append(line);
    }

    /// As if it had never been put, and not as if it had been dropped. While the disk takes no
    /// whole file its line stays.
    synchronized void unsay(String id) {
        denies.remove(id);
        damaged = true;
        compactIfPossible();
    }

    synchronized void drop(String id) {
        denies.remove(id);
        append(new Line(null, id, generation, null, 0, 0));
    }

    /// Lapsed by itself: nothing needs to be remembered, at the next compaction it is gone.
    synchronized void forget(String id) {
        denies.remove(id);
    }

    synchronized void fence(long newGeneration) {
        generation = newGeneration;
        append(new Line(null, null, generation, null, 0, 0));
    }

    synchronized long generation() {
        return generation;
    }

    /// Brings what was written to the disk. Slow; not on the way of a receipt, which waits for no
    /// lock meanwhile either.
    void force() {
        try {
            FileChannel current = demandChannel();
            current.force(false);
        } catch (ClosedChannelException compacted) {
            // The file that took its place was brought to the disk before it did.
            return;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized FileChannel demandChannel() throws IOException {
        if (channel == null) {
            throw new IOException("the state file " + file + " is not open");
        }
        return channel;
    }

    private void append(Line line) {
        if (damaged || (linesWritten > COMPACT_BEYOND && linesWritten > 2L * denies.size())) {
            compactIfPossible();
        }
        try {
            // Half a line may be there: it must not spoil this one.
            String before = damaged ? "\n" : "";
            damaged = true;
            write(demandChannel(), before, line);
            damaged = !before.isEmpty();
            linesWritten++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void compactIfPossible() {
        try {
            compact();
        } catch (IOException e) {
            notCompacted(e);
        }
    }

    /// The old file goes on growing, and it is tried again later.
    private void notCompacted(IOException e) {
        linesWritten = 0;
        if (!failureTold) {
            failureTold = true;
            Log.line("state file not compacted", "file", file.toString(), "cause", e.toString());
        }
    }

    /// Writes a new file and has it take the old one's place; until then the old one stays in use.
    private void compact() throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(fresh);
        Files.createFile(
                fresh,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        FileChannel out = FileChannel.open(fresh, StandardOpenOption.APPEND);
        try {
            write(out, "", new Line(null, null, generation, null, 0, 0));
            for (Line line : denies.values()) {
                write(out, "", line);
            }
            out.force(true);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            out.close();
            Files.deleteIfExists(fresh);
            throw e;
        }
        FileChannel old = channel;
        channel = out;
        damaged = false;
        failureTold = false;
        linesWritten = denies.size();
        if (old != null) {
            old.close();
        }
    }

    private void write(FileChannel out, String before, Line line) throws IOException {
        String text = json.writeValueAsString(line);
        ByteBuffer bytes =
                StandardCharsets.UTF_8.encode(before + checksum(text) + " " + text + "\n");
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    /// What is damaged is left out, and told unless it is the last line: a crash may tear that one.
    private void readAll() throws IOException {
        List<String> lines =
                new String(Files.readAllBytes(file), StandardCharsets.UTF_8)
                        .lines()
                        .filter(text -> !text.isEmpty())
                        .toList();
        for (int i = 0; i < lines.size(); i++) {
            Line line = readLine(lines.get(i));
            if (line != null) {
                heed(line);
            } else if (i < lines.size() - 1) {
                Log.line(
                        "state file has a damaged line, what it told is not known any more",
                        "file",
                        file.toString(),
                        "line",
                        Integer.toString(i + 1));
            }
        }
    }

    private void heed(Line line) {
        generation = Math.max(generation, line.generation());
        if (line.put() != null && line.put().id() != null) {
            denies.put(line.put().id(), line);
            dropped.remove(line.put().id());
        }
        if (line.drop() != null) {
            denies.remove(line.drop());
            dropped.add(line.drop());
        }
    }

    private @Nullable Line readLine(String text) {
        boolean whole = text.length() > CHECKSUM_DIGITS && text.charAt(CHECKSUM_DIGITS) == ' ';
        if (!whole) {
            return null;
        }
        String body = text.substring(CHECKSUM_DIGITS + 1);
        if (!text.startsWith(checksum(body))) {
            return null;
        }
        try {
            return json.readValue(body, Line.class);
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private static @Nullable Deny read(WireDeny wire) {
        try {
            return wire.read();
        } catch (Malformed e) {
            // Written by a version with other ideas; the slot in the kernel still ends by itself.
            return null;
        }
    }

    private static String checksum(String text) {
        var crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return String.format("%08x", crc.getValue());
    }

    @Override
    public synchronized void close() {
        if (channel == null) {
            return;
        }
        try {
            channel.force(true);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
