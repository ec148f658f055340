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
///
/// It also knows whether there are other replicas at all: they greet when they begin to listen, and
/// it counts them now and then. Alone, nothing needs to be announced.
final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /// How long one look for notifications waits.
    private static final Duration TURN = Duration.ofMillis(500);

    /// How often replicas are counted, which also finds out when the connection is dead.
    private static final Duration COUNT_EVERY = Duration.ofSeconds(10);

    /// Said instead of a position by who begins to listen.
    private static final long GREETING = 0;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final LogConnections connections;
    private final Wakeups wakeups;
    private final Thread thread;
    private volatile @Nullable Connection current; // none while it is lost
    private volatile boolean company = true;
    private volatile boolean closed;

    Listener(LogConnections connections, Wakeups wakeups) {
        this.connections = connections;
        this.wakeups = wakeups;
        this.thread = Thread.ofPlatform().name("log-listener").daemon().start(this::run);
    }

    /// Whether anybody else may be listening.
    boolean hasCompany() {
        return company;
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
        Queries.tell(connection, GREETING);
        company = Queries.listeners(connection) > 1;
        // What was said before we listened is found by looking.
        wakeups.lookAgain();
        var postgres = connection.unwrap(PGConnection.class);
        var countedAt = System.nanoTime();
        while (!closed) {
            hear(postgres);
            if (System.nanoTime() - countedAt > COUNT_EVERY.toNanos()) {
                company = Queries.listeners(connection) > 1;
                countedAt = System.nanoTime();
            }
        }
    }

    private void hear(PGConnection postgres) throws SQLException {
        var notifications = postgres.getNotifications((int) TURN.toMillis());
        if (notifications == null) {
            return;
        }
        for (var notification : notifications) {
            var position = Long.parseLong(notification.getParameter());
            if (position != GREETING) {
                wakeups.reached(position);
            } else if (notification.getPID() != postgres.getBackendPID()) {
                company = true;
            }
        }
    }
}
