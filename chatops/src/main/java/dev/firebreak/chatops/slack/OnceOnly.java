package dev.firebreak.chatops.slack;

import dev.firebreak.chatops.Unavailable;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/// Takes a signature's one use, or says in time that it cannot be told whether it is free.
final class OnceOnly implements AutoCloseable {

    private static final Logger LOG = System.getLogger(OnceOnly.class.getName());

    private final UsedSignatures used;
    private final ExecutorService work;
    private final Duration patience;

    OnceOnly(UsedSignatures used, ExecutorService work, Duration patience) {
        this.used = used;
        this.work = work;
        this.patience = patience;
    }

    /// After UNKNOWN the use may be taken; nothing was done with it, and nothing will be.
    enum Use {
        FIRST,
        AGAIN,
        UNKNOWN
    }

    Use use(SlackSignature signature, Instant now) {
        try {
            return CompletableFuture.supplyAsync(() -> asked(signature, now), work)
                    .completeOnTimeout(Use.UNKNOWN, patience.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (RejectedExecutionException _) {
            return Use.UNKNOWN;
        }
    }

    private Use asked(SlackSignature signature, Instant now) {
        try {
            return used.use(signature, now) ? Use.FIRST : Use.AGAIN;
        } catch (Unavailable away) {
            LOG.log(
                    Level.WARNING,
                    "slack request not looked at: {0}",
                    String.valueOf(away.getCause()));
            return Use.UNKNOWN;
        }
    }

    @Override
    public void close() {
        work.shutdown();
    }
}
