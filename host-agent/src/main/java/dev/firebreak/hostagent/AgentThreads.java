package dev.firebreak.hostagent;

import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The two threads of an agent: one that owns it, and one for what no receipt is to wait for. After
/// the end nothing is run and nothing is owed: the kernel keeps what it holds.
final class AgentThreads implements AutoCloseable {

    private static final long CLOSED_WITHIN_SECONDS = 5;

    private final ScheduledExecutorService core = single("agent");
    private final ScheduledExecutorService slow = single("verifier");
    private final Consumer<Throwable> broken;

    /// @param broken told of whatever a task throws: a fault of ours, that ends the process
    AgentThreads(Consumer<Throwable> broken) {
        this.broken = broken;
    }

    void run(Runnable task) {
        submit(core, task);
    }

    void later(Runnable task) {
        submit(slow, task);
    }

    /// On the thread that owns the agent, first after one such time.
    Future<?> every(long millis, Runnable task) {
        return core.scheduleWithFixedDelay(
                () -> guarded(task), millis, millis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        core.shutdown();
        slow.shutdown();
        try {
            core.awaitTermination(CLOSED_WITHIN_SECONDS, TimeUnit.SECONDS);
            slow.awaitTermination(CLOSED_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void submit(ScheduledExecutorService executor, Runnable task) {
        try {
            executor.execute(() -> guarded(task));
        } catch (RejectedExecutionException closing) {
            return;
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            broken.accept(e);
        }
    }

    private static ScheduledExecutorService single(String name) {
        ThreadFactory threads = Thread.ofPlatform().daemon().name(name).factory();
        return Executors.newSingleThreadScheduledExecutor(threads);
    }
}
