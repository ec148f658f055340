package dev.firebreak.service.local;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Keeps one host agent running beside the service, for as long as the service runs.
///
/// The agent is told to end with the thread that started it, so that a killed service leaves none
/// behind; what it holds in the kernel stays until its end.
public final class LocalEnforcer implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(LocalEnforcer.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /// An agent that ran this long did start; the next pause is short again.
    private static final Duration HEALTHY = Duration.ofMinutes(1);

    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    private final Supplier<ProcessBuilder> command;
    private final Duration firstPause;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread keeper =
            Thread.ofPlatform().name("local-enforcer").daemon().unstarted(this::keep);
    private volatile @Nullable Process agent; // absent between two runs
    private volatile Optional<String> trouble = Optional.empty();

    /// @param command makes the command line of one run of the agent
    public LocalEnforcer(Supplier<ProcessBuilder> command) {
        this(command, FIRST_PAUSE);
    }

    LocalEnforcer(Supplier<ProcessBuilder> command, Duration firstPause) {
        this.command = command;
        this.firstPause = firstPause;
    }

    public void start() {
        keeper.start();
    }

    /// Why the agent could not be started or did not stay; empty while one runs.
    public Optional<String> trouble() {
        return trouble;
    }

    @Override
    public void close() {
        closed.countDown();
        var running = agent;
        if (running != null) {
            end(running);
        }
        try {
            keeper.join(STOP_WITHIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void keep() {
        var pause = firstPause;
        try {
            while (closed.getCount() > 0) {
                var started = System.nanoTime();
                run();
                var ran = Duration.ofNanos(System.nanoTime() - started);
                pause = ran.compareTo(HEALTHY) > 0 ? firstPause : longer(pause);
                closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() throws InterruptedException {
        try {
            var process = command.get().start();
            agent = process;
            trouble = Optional.empty();
            var output = AgentOutput.relay(process);
            var code = process.waitFor();
            if (closed.getCount() > 0) {
                LOG.warnf("local enforcer ended code=%d; it is started again", code);
                trouble = Optional.of(ended(code, output.lastWords()));
            }
        } catch (IOException | RuntimeException failure) {
            // A log that is away or a disk that is full passes; without its keeper this machine
            // would enforce nothing until a restart.
            stumbled(failure);
        } finally {
            agent = null;
        }
    }

    private static String ended(int code, String lastWords) {
        return "Its agent ended by itself (code %d) and is started again%s"
                .formatted(code, lastWords.isEmpty() ? "." : ": " + lastWords);
    }

    /// Said once, and again only when something else is in the way.
    private void stumbled(Exception failure) {
        var sentence = "Its agent cannot be started just now: " + failure.getMessage();
        if (!trouble.equals(Optional.of(sentence))) {
            LOG.error("local enforcer cannot be started; it is tried again", failure);
        }
        trouble = Optional.of(sentence);
    }

    private static void end(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : doubled;
    }
}
