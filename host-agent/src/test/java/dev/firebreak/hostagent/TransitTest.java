package dev.firebreak.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.protocol.FromService.Moment;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TransitTest {

    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;

    /// The service's clock began so long before this host did.
    private static final long APART = 77_777 * SECOND;

    private final Transit transit = new Transit();

    private long spoken(String clock, long said, long heard) {
        return transit.spoken(new Moment(clock, said + APART), heard);
    }

    @Test
    void a_frame_was_spoken_earlier_by_as_much_as_it_was_slower_than_the_quickest() {
        assertThat(spoken("a", 0, MILLI)).isEqualTo(MILLI);

        assertThat(spoken("a", 10 * MILLI, 50 * MILLI)).isBetween(11 * MILLI, 12 * MILLI);
    }

    @Test
    void without_a_moment_it_was_spoken_when_it_was_heard() {
        spoken("a", 0, MILLI);

        assertThat(transit.spoken(null, 50 * MILLI)).isEqualTo(50 * MILLI);
    }

    @Test
    void another_clock_says_nothing_of_the_first() {
        spoken("a", 0, MILLI);

        assertThat(spoken("b", 10 * MILLI, 50 * MILLI)).isEqualTo(50 * MILLI);
        assertThat(spoken("a", 60 * MILLI, 90 * MILLI)).isEqualTo(90 * MILLI);
    }

    @Test
    void what_is_too_slow_to_be_true_was_spoken_when_it_was_heard() {
        spoken("a", 0, MILLI);
        long late = Transit.LONGEST.toNanos() + 20 * MILLI;

        assertThat(spoken("a", 10 * MILLI, late)).isEqualTo(late);
    }

    @Test
    void moments_that_no_clock_has_make_nothing_last_longer() {
        long heard = 3_600 * SECOND;
        transit.spoken(new Moment("a", Long.MAX_VALUE), heard);

        assertThat(transit.spoken(new Moment("a", Long.MIN_VALUE + 2 * heard), heard))
                .isEqualTo(heard);
    }

    @Test
    void the_quickest_is_forgotten_after_a_while() {
        spoken("a", 0, MILLI);
        long later = Transit.REMEMBERED.toNanos() + 2 * MILLI;

        assertThat(spoken("a", later - 40 * MILLI, later)).isEqualTo(later);
    }

    @RepeatedTest(200)
    void nothing_is_ever_said_to_be_spoken_before_it_was(RepetitionInfo run) {
        var random = new Random(run.getCurrentRepetition());
        double pace = 1 + (run.getCurrentRepetition() % 3 - 1) / 1_002.0;
        long said = 0;
        for (int frame = 0; frame < 300; frame++) {
            said += random.nextLong(3 * SECOND);
            long heard = said + way(random);

            long spoken = transit.spoken(new Moment("a", Math.round(said * pace)), heard);

            assertThat(spoken).isBetween(said, heard);
            said = heard;
        }
    }

    private static long way(RandomGenerator random) {
        return random.nextInt(10) == 0
                ? random.nextLong(2 * SECOND)
                : MILLI / 10 + random.nextLong(40 * MILLI);
    }
}
