package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two services on one PostgreSQL: whoever rings first, one release is in the log.
class TwoInstancesIT {

    private static final String HOST = "web-1";
    private static final int ROUNDS = 60;
    private static final int AT_A_TIME = 12;
    private static final int FIRST_PORT = 10_000;
    private static final Duration TTL = Duration.ofSeconds(3);

    /// The first round's person comes so long before the end, each next one a millisecond later: a
    /// request takes its time, and both are to win some rounds.
    private static final int EARLIEST_MILLIS = 50;

    /// In the first rounds of all the person comes so early that a busy machine makes no
    /// difference.
    private static final int SURE_ROUNDS = 4;

    private static final int SURELY_EARLY_MILLIS = 700;

    @TempDir private Path folder;

    @Test
    void an_end_by_time_and_by_hand_in_the_same_moment_is_one_release() throws Exception {
        try (var replicas = Replicas.start(folder, Map.of())) {
            Enrolled.on(replicas.first(), HOST);
            new Api(replicas.first()).deploy(Scene.A, HOST, "/cart");

            var lives = race(new Api(replicas.first()), new Api(replicas.second()));

            assertThat(lives).hasSize(ROUNDS);
            assertThat(lives)
                    .allSatisfy(life ->
                            assertThat(life.stream().filter(TwoInstancesIT::isRelease)).hasSize(1));
            var byTime =
                    lives.stream().filter(life -> life.stream().anyMatch(TwoInstancesIT::isByTime));
            assertThat(byTime.count())
                    .as("rounds ended by time; both are to win some")
                    .isBetween(1L, ROUNDS - 1L);
        }
    }

    private static List<List<String>> race(Api one, Api other)
            throws InterruptedException, ExecutionException {
        try (var people = Executors.newFixedThreadPool(AT_A_TIME)) {
            var rounds = new ArrayList<Future<List<String>>>();
            for (var i = 0; i < ROUNDS; i++) {
                var round = i;
                rounds.add(
                        people.submit(() ->
                                round % 2 == 0
                                        ? round(one, other, round)
                                        : round(other, one, round)));
            }
            var lives = new ArrayList<List<String>>();
            for (var round : rounds) {
                lives.add(round.get());
            }
            return lives;
        }
    }

    /// One asks for it, the other releases it when its time is over; answers the containment's
    /// life.
    private static List<String> round(Api asking, Api releasing, int round) {
        var id = asking.contain(Scene.A, FIRST_PORT + round + "/tcp", TTL);
        var end = Instant.parse(asking.shown(id).path("expiresAt").asText());
        awaitInstant(end.plusMillis(personAfter(round)));
        var answer = releasing.release(id);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201, 409);
        awaitInstant(end.plus(TTL));
        assertThat(releasing.life(id)).isEqualTo(asking.life(id));
        return asking.life(id);
    }

    /// In milliseconds after the end.
    private static int personAfter(int round) {
        return round < SURE_ROUNDS ? -SURELY_EARLY_MILLIS : round - EARLIEST_MILLIS;
    }

    private static void awaitInstant(Instant then) {
        for (var now = Instant.now(); now.isBefore(then); now = Instant.now()) {
            LockSupport.parkNanos(Duration.between(now, then).toNanos());
        }
    }

    private static boolean isRelease(String sentence) {
        return isByTime(sentence) || sentence.contains("released it");
    }

    private static boolean isByTime(String sentence) {
        return sentence.contains("it was released");
    }
}
