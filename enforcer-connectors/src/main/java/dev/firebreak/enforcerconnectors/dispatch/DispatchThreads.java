package dev.firebreak.enforcerconnectors.dispatch;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One thread for the line, and virtual ones for commands, which wait for the log.
final class DispatchThreads {

    private static final System.Logger LOG = System.getLogger(DispatchThreads.class.getName());

    private final ScheduledThreadPoolExecutor line = new Single();
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();

    Line line() {
        return new Line(this::execute, this::after, this::stop);
    }

    Executor workers() {
        return workers;
    }

    private void execute(Runnable what) {
        try {
            line.execute(what);
        } catch (RejectedExecutionException _) {
            // Stopped: whatever comes in now is rebuilt from the log by the next start.
        }
    }

    private Runnable after(Duration wait, Runnable what) {
        try {
            var scheduled = line.schedule(what, wait.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        } catch (RejectedExecutionException _) {
            return () -> {};
        }
    }

    private void stop() {
        line.shutdownNow();
        workers.shutdown();
    }

    /// Says aloud what a step broke on; the other enforcers go on.
    private static final class Single extends ScheduledThreadPoolExecutor {
        Single() {
            super(1, Thread.ofPlatform().name("firebreak-dispatch").daemon().factory());
            setRemoveOnCancelPolicy(true);
        }

        @Override
        protected void afterExecute(Runnable task, @Nullable Throwable thrown) {
            super.afterExecute(task, thrown);
            if (task instanceof Future<?> done && done.state() == Future.State.FAILED) {
                LOG.log(System.Logger.Level.ERROR, "A step of dispatch broke", done.exceptionNow());
            }
        }
    }
}
