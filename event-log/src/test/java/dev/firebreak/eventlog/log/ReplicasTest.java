package dev.firebreak.eventlog.log;

import static dev.firebreak.eventlog.log.Samples.message;
import static dev.firebreak.eventlog.log.Samples.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.axonframework.common.AxonException;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Several service replicas, and several senders in each, on one log.
class ReplicasTest {

    private static final int SENDERS = 8;
    private static final int EACH = 60;

    private final TestDatabase database = TestDatabase.create();
    private final PostgresLog one = PostgresLog.open(database.application());
    private final PostgresLog two = PostgresLog.open(database.application());
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final List<LogEntry> followed = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        one.close();
        two.close();
    }

    @Test
    void all_appends_get_places_without_gaps_and_every_follower_sees_them_all()
            throws InterruptedException {
        try (var _ = one.follow("test", 0, followed::addAll)) {
            run(senders());
            await().until(() -> followed.size() == 2 * SENDERS * EACH);
        }

        assertThat(followed)
                .extracting(LogEntry::position)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 2 * SENDERS * EACH).boxed().toList());
        assertEachAcknowledgedEventIsInTheLogOnce();
    }

    @Test
    void a_page_is_full_also_where_another_replica_wrote_the_rest_of_it() {
        append(one, message(silent("mine"), 0));
        append(two, message(silent("theirs"), 0));

        assertThat(one.read(0, 2)).extracting(LogEntry::position).containsExactly(1L, 2L);
    }

    @Test
    void nothing_is_lost_or_doubled_when_the_servers_sides_of_the_appenders_are_killed()
            throws InterruptedException {
        var senders = senders();
        senders.add(Thread.ofPlatform().unstarted(this::killAppenders));

        run(senders);

        assertThat(acknowledged).hasSize(2 * SENDERS * EACH);
        assertEachAcknowledgedEventIsInTheLogOnce();
    }

    @Test
    void of_all_who_decide_on_the_same_state_one_succeeds() throws InterruptedException {
        var rivals = new ArrayList<Thread>();
        for (var log : List.of(one, two)) {
            for (var sender = 0; sender < SENDERS; sender++) {
                rivals.add(Thread.ofPlatform().unstarted(() -> contend(log)));
            }
        }

        run(rivals);

        assertThat(acknowledged).hasSize(EACH);
        assertThat(one.lastSequenceNumberFor("enforcer/host/contended")).contains(EACH - 1L);
        assertEachAcknowledgedEventIsInTheLogOnce();
    }

    private List<Thread> senders() {
        var senders = new ArrayList<Thread>();
        for (var log : List.of(one, two)) {
            for (var sender = 0; sender < SENDERS; sender++) {
                var stream = (log == one ? "one-" : "two-") + sender;
                senders.add(Thread.ofPlatform().unstarted(() -> send(log, stream)));
            }
        }
        return senders;
    }

    private void send(PostgresLog log, String stream) {
        for (var i = 0; i < EACH; i++) {
            append(log, message(silent(stream), i, stream + "/" + i));
        }
    }

    /// Each sequence number is tried by everybody; losing is what most of them expect.
    private void contend(PostgresLog log) {
        for (var i = 0; i < EACH; i++) {
            try {
                append(log, message(silent("contended"), i));
            } catch (AxonException another) {
                assertThat(another.getMessage()).contains("sequence " + i);
            }
        }
    }

    private void append(PostgresLog log, EventMessage<?> message) {
        log.appendEvents(List.of(message));
        acknowledged.add(message.getIdentifier());
    }

    private void killAppenders() {
        var kills = 0;
        while (acknowledged.size() < SENDERS * EACH || kills == 0) {
            kills +=
                    (int)
                            database.number(
                                    """
                                    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                                    WHERE application_name = 'firebreak log appender'
                                        AND datname = current_database()
                                    """);
        }
    }

    private void assertEachAcknowledgedEventIsInTheLogOnce() {
        assertThat(one.verify()).isInstanceOf(Verification.Intact.class);
        var logged = new ArrayList<String>();
        for (var page = one.read(0, 1_000);
                !page.isEmpty();
                page = one.read(page.getLast().position(), 1_000)) {
            page.forEach(entry -> logged.add(entry.id().toString()));
        }
        assertThat(logged).containsExactlyInAnyOrderElementsOf(acknowledged);
    }

    private static void run(List<Thread> threads) throws InterruptedException {
        threads.forEach(Thread::start);
        for (var thread : threads) {
            thread.join();
        }
    }
}
