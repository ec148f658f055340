package dev.firebreak.hostagent;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.kernel.Remembered;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the agent was told, in a file of its own, for the day the kernel's memory is gone (a
/// reboot) or has to be explained (a restart). One checksummed line a fact; a torn last line is cut
/// off. A disk that fails is told to the caller each time; what it refused is written as soon as it
/// takes a whole file again. For several threads.
final class Journal implements AutoCloseable {

    private static final int COMPACT_BEYOND = 4_096;

    private final JsonMapper json;
    private final Path file;
    private final String bootId;
    private final Map<String, JournalLine> denies = new LinkedHashMap<>();
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
        for (JournalLine line : denies.values()) {
            line.deny()
                    .map(deny ->
                            new Remembered.Until(
                                    deny, line.expiry(deny, bootId, bootNanos, wallMillis)))
                    .filter(put -> put.expiry() > bootNanos)
                    .ifPresent(until::add);
        }
        return new Remembered(until, dropped, generation);
    }

    synchronized void put(Deny deny, long bootExpiryNanos, long wallMillis) {
        var line = JournalLine.put(deny, generation, bootId, bootExpiryNanos, wallMillis);
        denies.put(deny.id(), line);
        append(line);
    }

    /// The line that tells of this deny now.
    synchronized Optional<JournalLine> find(String id) {
        return Optional.ofNullable(denies.get(id));
    }

    /// Makes an earlier line count again.
    synchronized void putBack(String id, JournalLine line) {
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
        append(JournalLine.drop(id, generation));
    }

    /// Lapsed by itself: nothing needs to be remembered, at the next compaction it is gone.
    synchronized void forget(String id) {
        denies.remove(id);
    }

    synchronized void fence(long newGeneration) {
        generation = newGeneration;
        append(JournalLine.fence(generation));
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

    private void append(JournalLine line) {
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
            write(out, "", JournalLine.fence(generation));
            for (JournalLine line : denies.values()) {
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

    private void write(FileChannel out, String before, JournalLine line) throws IOException {
        ByteBuffer bytes = StandardCharsets.UTF_8.encode(before + line.text(json) + "\n");
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
            Optional<JournalLine> line = JournalLine.read(json, lines.get(i));
            if (line.isPresent()) {
                heed(line.get());
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

    private void heed(JournalLine line) {
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
