package dev.firebreak.commandside.axon;

import static dev.firebreak.commandside.Cast.ADA;
import static dev.firebreak.commandside.Cast.GUARDRAILS;
import static dev.firebreak.commandside.Cast.ROB;
import static dev.firebreak.commandside.axon.Requests.END;
import static dev.firebreak.commandside.axon.Requests.alarm;
import static dev.firebreak.commandside.axon.Requests.expire;
import static dev.firebreak.commandside.axon.Requests.release;
import static dev.firebreak.commandside.axon.Requests.request;
import static dev.firebreak.commandside.axon.Requests.sentBy;
import static java.util.stream.IntStream.range;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.Outcome.Accepted;
import dev.firebreak.commandside.command.Outcome.Already;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.PostgresLog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Two replicas over one log, asked at the same moment.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class RaceTest {

    private static final int ROUNDS = 1_000;
    private static final int ROUNDS_OF_REQUESTS = 200;

    private final TestLog database = TestLog.fresh();
    private final PostgresLog replica = database.onAnotherReplica();
    private final AxonCommands one = new AxonCommands(database.log(), GUARDRAILS);
    private final AxonCommands other = new AxonCommands(replica, GUARDRAILS);

    @AfterEach
    void close() {
        one.close();
        other.close();
        replica.close();
        database.close();
    }

    @Test
    void expiry_and_release_in_the_same_moment_are_one_release() throws Exception {
        range(0, ROUNDS).parallel().forEach(n -> one.send(request(n, ROB), sentBy(ROB)));
        // Both know every containment, so that each decides from memory and only the log can tell.
        range(0, ROUNDS).parallel().forEach(n -> other.send(request(n, ROB), sentBy(ROB)));

        var outcomes =
                sideBySide(
                        ROUNDS,
                        round -> one.send(expire(round, END), alarm()),
                        round -> other.send(release(round, ROB), sentBy(ROB)));

        for (var pair : outcomes) {
            assertThat(pair).hasAtLeastOneElementOfType(Accepted.class);
            assertThat(pair).hasAtLeastOneElementOfType(Already.class);
        }
        assertThat(count(ContainmentReleased.class))
                .hasSize(ROUNDS)
                .allSatisfy((_, n) -> assertThat(n).isOne());
    }

    @Test
    void two_people_who_ask_for_the_same_at_once_get_one_containment() throws Exception {
        var outcomes =
                sideBySide(
                        ROUNDS_OF_REQUESTS,
                        round -> one.send(request(round, ROB), sentBy(ROB)),
                        round -> other.send(request(round, ADA), sentBy(ADA)));

        for (var pair : outcomes) {
            assertThat(pair).hasAtLeastOneElementOfType(Accepted.class);
            assertThat(pair).hasAtLeastOneElementOfType(Already.class);
        }
        assertThat(count(ContainmentRequested.class))
                .hasSize(ROUNDS_OF_REQUESTS)
                .allSatisfy((_, n) -> assertThat(n).isOne());
    }

    private interface Move {
        Outcome in(int round);
    }

    private static List<List<Outcome>> sideBySide(int rounds, Move first, Move second)
            throws Exception {
        var barrier = new CyclicBarrier(2);
        try (var threads = Executors.newFixedThreadPool(2)) {
            var firsts = threads.submit(player(rounds, first, barrier));
            var seconds = threads.submit(player(rounds, second, barrier));
            var pairs = new ArrayList<List<Outcome>>();
            for (var round = 0; round < rounds; round++) {
                pairs.add(List.of(firsts.get().get(round), seconds.get().get(round)));
            }
            return pairs;
        }
    }

    private static Callable<List<Outcome>> player(int rounds, Move move, CyclicBarrier barrier) {
        return () -> {
            var outcomes = new ArrayList<Outcome>();
            for (var round = 0; round < rounds; round++) {
                barrier.await();
                outcomes.add(move.in(round));
            }
            return outcomes;
        };
    }

    /// How many events of this kind each stream has.
    private Map<String, Integer> count(Class<?> kind) {
        var counts = new HashMap<String, Integer>();
        List<LogEntry> page;
        var position = 0L;
        do {
            page = database.log().read(position, PostgresLog.MAX_EVENTS);
            for (var entry : page) {
                position = entry.position();
                if (kind.isInstance(entry.event())) {
                    counts.merge(entry.event().stream(), 1, Integer::sum);
                }
            }
        } while (!page.isEmpty());
        return counts;
    }
}
