package dev.firebreak.eventlog.log;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hears of other replicas' appends over a connection of its own. When that is lost it is made
/// again; meanwhile followers look by themselves now and then.
final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /// How long one look for notifications waits.
    private static final Duration TURN = Duration.ofMillis(500);

    /// After so long without a word the connection is tried, for it may be dead without saying so.
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final LogConnections connections;
    private final Wakeups wakeups;
    private final Thread thread;
    private volatile @Nullable Connection current; // none while it is lost
    private volatile boolean closed;

    Listener(LogConnections connections, Wakeups wakeups) {
        this.connections = connections;
        this.wakeups = wakeups;
        this.thread = Thread.ofPlatform().name("log-listener").daemon().start(this::run);
    }

    @Override
    public void close() {
        closed = true;
        abort();
        LockSupport.unpark(thread);
        try {
            thread.join(TURN.multipliedBy(4));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try (var connection = connections.forListening()) {
                current = connection;
                listen(connection);
            } catch (SQLException lost) {
                if (!closed) {
                    LOG.warn(
                            "log listener lost its connection, trying again: {}",
                            lost.getMessage());
                    LockSupport.parkNanos(PAUSE.toNanos());
                }
            }
        }
    }

    /// Ends a wait for notifications from outside.
    private void abort() {
        var waiting = current;
        if (waiting != null) {
            try {
                waiting.abort(Runnable::run);
            } catch (SQLException alsoGone) {
                LOG.debug("log listener's connection was gone already", alsoGone);
            }
        }
    }

    private void listen(Connection connection) throws SQLException {
        try (var listen = connection.createStatement()) {
            listen.execute("LISTEN " + Wakeups.CHANNEL);
        }
        // What was said before we listened is found by looking.
        wakeups.lookAgain();
        var postgres = connection.unwrap(PGConnection.class);
        var silentSince = System.nanoTime();
        while (!closed) {
            var notifications = postgres.getNotifications((int) TURN.toMillis());
            if (notifications != null && notifications.length > 0) {
                wakeups.reached(
                        Long.parseLong(notifications[notifications.length - 1].getParameter()));
                silentSince = System.nanoTime();
            } else if (System.nanoTime() - silentSince > SILENCE.toNanos()) {
                mustAnswer(connection);
                silentSince = System.nanoTime();
            }
        }
    }

    private static void mustAnswer(Connection connection) throws SQLException {
        if (!connection.isValid((int) PAUSE.toSeconds())) {
            throw new SQLException("the listening connection does not answer");
        }
    }
}
