package dev.firebreak.chatops.slack;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// A few threads and a short queue; what does not fit is turned away.
final class Workers {

    private static final int WORKERS = 8;
    private static final int MAX_WAITING = 64;

    private Workers() {}

    static ThreadPoolExecutor named(String prefix) {
        var workers =
                new ThreadPoolExecutor(
                        WORKERS,
                        WORKERS,
                        1,
                        TimeUnit.MINUTES,
                        new ArrayBlockingQueue<>(MAX_WAITING),
                        Thread.ofPlatform().daemon().name(prefix, 1).factory());
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }
}
