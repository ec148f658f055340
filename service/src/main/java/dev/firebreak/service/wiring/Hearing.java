package dev.firebreak.service.wiring;

import dev.firebreak.enforcerconnectors.dispatch.Elsewhere;
import dev.firebreak.eventlog.term.EnforcerName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Which enforcers each replica hears, told by advisory locks in the database that all of them
/// share: PostgreSQL gives up the locks of a replica that died, hangs or was cut off, so nobody has
/// to decide that it is dead.
///
/// One lock for each enforcer heard; PostgreSQL's default settings have room for some 6,000.
final class Hearing implements Elsewhere, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(Hearing.class);
    private static final Duration TELL_EVERY = Duration.ofSeconds(1);

    /// A dead agent must not go on showing as held because this replica cannot look.
    private static final Duration BELIEVED_FOR = Duration.ofMinutes(1);

    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(2);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(3);

    /// Whoever told nothing for so long does not hear, whatever its connection looks like.
    private static final String FORGOTTEN_AFTER = "SET idle_session_timeout = '5s'";

    private static final String TAKE =
            "SELECT pg_try_advisory_lock_shared(key) FROM unnest(?) AS key";

    private static final String GIVE_BACK =
            "SELECT pg_advisory_unlock_shared(key) FROM unnest(?) AS key";

    private static final String HEARD_BY_OTHERS =
            """
            SELECT (classid::bigint << 32) | objid::bigint FROM pg_locks
            WHERE locktype = 'advisory' AND objsubid = 1 AND granted
                AND pid <> pg_backend_pid()
                AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            """;

    private final DataSource database;
    private final Supplier<Collection<EnforcerName>> heardHere;
    private final ScheduledExecutorService teller =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("hearing").daemon().factory());
    private final Set<Long> told = new HashSet<>();
    private @Nullable Connection connection; // absent while the database is away
    private volatile Set<Long> heardByOthers = Set.of();
    private long seenAt = System.nanoTime();
    private boolean failing;

    /// @param heardHere whom this replica hears at this moment
    Hearing(DataSource database, Supplier<Collection<EnforcerName>> heardHere) {
        this.database = database;
        this.heardHere = heardHere;
    }

    /// Returns when it is known whom the others hear, if the database answers.
    void start() {
        exchange();
        var _ =
                teller.scheduleWithFixedDelay(
                        this::exchange,
                        TELL_EVERY.toMillis(),
                        TELL_EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public boolean holds(EnforcerName enforcer) {
        return heardByOthers.contains(key(enforcer));
    }

    @Override
    public void close() {
        teller.execute(this::disconnect);
        teller.shutdown();
        try {
            if (!teller.awaitTermination(CLOSE_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("the database does not let go; it forgets by itself whom we heard");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Says whom this replica hears, and looks whom the others do. What was seen last is believed
    /// for a while when that fails.
    private void exchange() {
        try {
            exchange(connected());
            seenAt = System.nanoTime();
            failing = false;
        } catch (SQLException | RuntimeException failed) {
            disconnect();
            failed(failed);
        }
    }

    private void exchange(Connection current) throws SQLException {
        var here = heardHere.get().stream().map(Hearing::key).collect(Collectors.toSet());
        change(current, GIVE_BACK, without(told, here));
        change(current, TAKE, without(here, told));
        told.clear();
        told.addAll(here);
        heardByOthers = heardByOthers(current);
    }

    /// Said once an outage.
    private void failed(Exception why) {
        if (!failing) {
            LOG.warnf(why, "whom other replicas hear is not known just now");
            failing = true;
        }
        if (System.nanoTime() - seenAt > BELIEVED_FOR.toNanos() && !heardByOthers.isEmpty()) {
            LOG.error(
                    "whom other replicas hear is unknown; who is not heard here is called silent");
            heardByOthers = Set.of();
        }
    }

    private Connection connected() throws SQLException {
        if (connection == null) {
            var fresh = database.getConnection();
            connection = fresh;
            told.clear();
            fresh.setNetworkTimeout(Runnable::run, (int) ANSWER_WITHIN.toMillis());
            try (var statement = fresh.createStatement()) {
                statement.execute(FORGOTTEN_AFTER);
            }
        }
        return connection;
    }

    private void disconnect() {
        if (connection != null) {
            try {
                connection.close();
            } catch (SQLException lost) {
                LOG.debug("the connection was lost before", lost);
            }
            connection = null;
        }
    }

    private static void change(Connection current, String sql, Set<Long> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        try (var statement = current.prepareStatement(sql)) {
            statement.setArray(1, current.createArrayOf("bigint", keys.toArray()));
            statement.execute();
        }
    }

    private static Set<Long> heardByOthers(Connection current) throws SQLException {
        try (var statement = current.createStatement()) {
            try (var rows = statement.executeQuery(HEARD_BY_OTHERS)) {
                var keys = new HashSet<Long>();
                while (rows.next()) {
                    keys.add(rows.getLong(1));
                }
                return Set.copyOf(keys);
            }
        }
    }

    private static Set<Long> without(Set<Long> keys, Set<Long> others) {
        return keys.stream().filter(key -> !others.contains(key)).collect(Collectors.toSet());
    }

    /// The same for every replica, and for no other lock in this database.
    private static long key(EnforcerName enforcer) {
        try {
            var name = "firebreak hears " + enforcer;
            var digest = MessageDigest.getInstance("SHA-256");
            return ByteBuffer.wrap(digest.digest(name.getBytes(StandardCharsets.UTF_8))).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}
