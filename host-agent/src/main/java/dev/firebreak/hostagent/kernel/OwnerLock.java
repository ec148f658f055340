package dev.firebreak.hostagent.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One process at a time writes an enforcer's maps. The lock ends with the process, however it
/// ends.
final class OwnerLock {

    private final FileChannel channel;

    private OwnerLock(FileChannel channel) {
        this.channel = channel;
    }

    static OwnerLock take(Placement placement) {
        Path file = placement.runDirectory().resolve(Pins.safe(placement.enforcer()) + ".lock");
        try {
            Files.createDirectories(placement.runDirectory());
            var channel =
                    FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (tryLock(channel) == null) {
                channel.close();
                throw new Unsupported(
                        "another agent already holds the denies of "
                                + placement.enforcer()
                                + " on this machine ("
                                + file
                                + ")");
            }
            return new OwnerLock(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @org.jspecify.annotations.Nullable FileLock tryLock(FileChannel channel)
            throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException sameProcess) {
            return null;
        }
    }

    void release() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
