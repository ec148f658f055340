package dev.firebreak.bench.instance;

import dev.firebreak.bench.postgres.Trees;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;

/// What has to be undone, last thing first and once: at the end, or on Ctrl-C.
public final class Undo implements AutoCloseable {

    private static final Duration LET_GO_WITHIN = Duration.ofSeconds(15);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final ArrayDeque<Runnable> steps = new ArrayDeque<>();
    private boolean done;
    private static volatile boolean interrupted;

    public Undo() {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::interrupted));
    }

    /// Whether everything is being undone because somebody ended this process; what else fails then
    /// fails because of that.
    public static boolean isInterrupted() {
        return interrupted;
    }

    /// When everything is being undone already, this is at once.
    public synchronized void add(Runnable step) {
        if (done) {
            step.run();
        } else {
            steps.push(step);
        }
    }

    /// Deletes a directory; processes that have just been killed may take a moment to let go of it.
    public void addDeletion(Path directory) {
        add(() -> {
            var deadline = System.nanoTime() + LET_GO_WITHIN.toNanos();
            while (Files.exists(directory)) {
                try {
                    Trees.delete(directory);
                } catch (UncheckedIOException busy) {
                    if (System.nanoTime() > deadline) {
                        System.err.println("firebreak: " + busy.getMessage());
                        return;
                    }
                    LockSupport.parkNanos(LOOK_EVERY.toNanos());
                }
            }
        });
    }

    private void interrupted() {
        interrupted = true;
        close();
    }

    /// One step that fails must not keep the others from being taken.
    @Override
    public synchronized void close() {
        done = true;
        while (!steps.isEmpty()) {
            try {
                steps.pop().run();
            } catch (RuntimeException failed) {
                System.err.println("firebreak: cleaning up failed: " + failed.getMessage());
            }
        }
    }
}
