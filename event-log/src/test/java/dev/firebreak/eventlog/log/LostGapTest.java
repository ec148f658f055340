package dev.firebreak.eventlog.log;

import static dev.firebreak.eventlog.log.Samples.byAnn;
import static dev.firebreak.eventlog.log.Samples.one;
import static dev.firebreak.eventlog.log.Samples.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.jdbc.JdbcEventStorageEngine;
import org.axonframework.eventsourcing.eventstore.jdbc.PostgresEventTableFactory;
import org.axonframework.serialization.json.JacksonSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Writer A holds an event uncommitted; writer B, whose clock is 61 s behind, commits the next one;
/// a reader reads; A commits. Everybody must see A's event. With the stock engine nobody ever does.
class LostGapTest {

    private final Instant now = Instant.now();
    private static final Duration BEHIND = Duration.ofSeconds(61);

    private final TestDatabase database = TestDatabase.create();

    @Test
    void the_stock_engine_loses_a_committed_event() throws SQLException {
        var writers = stock(database.owner()::getConnection);
        writers.createSchema(PostgresEventTableFactory.INSTANCE);
        writers.appendEvents(List.of(stockEvent("first", now)));
        var seen = new ArrayList<Object>();
        @Nullable TrackingToken token = null; // the beginning, in Axon's words

        try (var uncommitted = database.owner().getConnection()) {
            uncommitted.setAutoCommit(false);
            stock(() -> unclosable(uncommitted)).appendEvents(List.of(stockEvent("A", now)));
            writers.appendEvents(List.of(stockEvent("B", now.minus(BEHIND))));
            token = readOn(writers, token, seen);
            uncommitted.commit();
        }
        readOn(writers, token, seen);

        assertThat(database.number("SELECT count(*) FROM domainevententry")).isEqualTo(3);
        assertThat(seen).containsExactly("first", "B");
    }

    @Test
    void ours_loses_none() throws SQLException, InterruptedException {
        var behind = Clock.fixed(now.minus(BEHIND), ZoneOffset.UTC);
        var seen = new CopyOnWriteArrayList<LogEntry>();
        try (var reader = PostgresLog.open(database.application());
                var b = PostgresLog.open(database.application(), behind);
                var _ = reader.follow("reader", 0, seen::addAll)) {
            b.appendEvents(one(silent("first"), 0));
            await().until(() -> seen.size() == 1);

            try (var uncommitted = database.application().getConnection()) {
                uncommitted.setAutoCommit(false);
                var head = Queries.head(uncommitted);
                new InsertStatement(uncommitted).insert(List.of(after(head)));
                var second = Thread.ofPlatform().start(() -> b.appendEvents(one(silent("b"), 0)));
                await().until(this::somebodyWaitsForALock);
                assertThat(reader.read(1, 10)).isEmpty();
                uncommitted.commit();
                second.join();
            }
            await().until(() -> seen.size() == 3);
        }

        assertThat(seen).extracting(LogEntry::position).containsExactly(1L, 2L, 3L);
        assertThat(seen)
                .extracting(entry -> entry.event().stream())
                .containsExactly("enforcer/host/first", "enforcer/host/a", "enforcer/host/b");
        assertThat(ChainVerifier.verify(database.application()))
                .isInstanceOf(Verification.Intact.class);
    }

    private boolean somebodyWaitsForALock() {
        return database.number("SELECT count(*) FROM pg_locks WHERE NOT granted") > 0;
    }

    private static StoredEvent after(Head head) {
        var event = new PreparedEvent(UUID.randomUUID(), silent("a"), 0, byAnn(), "");
        return StoredEvent.after(head, event, InstantSource.system().instant());
    }

    private static JdbcEventStorageEngine stock(ConnectionProvider connections) {
        var serializer = JacksonSerializer.defaultSerializer();
        return JdbcEventStorageEngine.builder()
                .connectionProvider(connections)
                .transactionManager(NoTransactionManager.instance())
                .eventSerializer(serializer)
                .snapshotSerializer(serializer)
                .build();
    }

    private static DomainEventMessage<String> stockEvent(String name, Instant at) {
        return new GenericDomainEventMessage<>(
                "test", name, 0, name, Map.of(), UUID.randomUUID().toString(), at);
    }

    private static @Nullable TrackingToken readOn(
            JdbcEventStorageEngine engine, @Nullable TrackingToken from, List<Object> seen) {
        var token = from;
        for (var message : engine.readEvents(from, false).toList()) {
            seen.add(message.getPayload());
            token = ((TrackedEventMessage<?>) message).trackingToken();
        }
        return token;
    }

    /// The engine closes what it is given after each use.
    private static Connection unclosable(Connection connection) {
        return (Connection)
                Proxy.newProxyInstance(
                        LostGapTest.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("close")) {
                                return null;
                            }
                            try {
                                return method.invoke(connection, arguments);
                            } catch (InvocationTargetException failed) {
                                throw failed.getCause();
                            }
                        });
    }
}
