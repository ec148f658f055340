package dev.firebreak.chatops.slack;

import static dev.firebreak.chatops.Situation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.chatops.slack.CardQueue.Due;
import dev.firebreak.chatops.slack.CardQueue.Pace;
import dev.firebreak.eventlog.term.ContainmentId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CardQueueTest {

    private static final ContainmentId A = ContainmentId.parse("AAAAAAA");
    private static final ContainmentId B = ContainmentId.parse("BBBBBBB");

    private static final Pace PACE =
            new Pace(
                    Duration.ZERO,
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    4);

    private final CardQueue queue = new CardQueue(PACE);

    @Test
    void many_changes_are_one_showing_of_the_last() {
        queue.changed(A, 1, NOW);
        queue.changed(A, 3, NOW);
        queue.changed(A, 2, NOW);

        assertThat(queue.next(NOW)).contains(new Due(A, 3));
        queue.shown(new Due(A, 3), NOW);
        assertThat(queue.next(NOW.plusSeconds(10))).isEmpty();
        assertThat(queue.wakeUp()).isEmpty();
    }

    @Test
    void a_change_while_it_is_being_shown_is_shown_after_a_rest() {
        queue.changed(A, 1, NOW);
        var due = queue.next(NOW).orElseThrow();
        queue.changed(A, 2, NOW);
        queue.shown(due, NOW);

        assertThat(queue.next(NOW.plusSeconds(1))).isEmpty();
        assertThat(queue.wakeUp()).contains(NOW.plusSeconds(2));
        assertThat(queue.next(NOW.plusSeconds(2))).contains(new Due(A, 2));
    }

    @Test
    void a_change_soon_after_a_showing_rests_too() {
        queue.changed(A, 1, NOW);
        queue.shown(new Due(A, 1), NOW);
        queue.changed(A, 2, NOW.plusSeconds(1));

        assertThat(queue.wakeUp()).contains(NOW.plusSeconds(2));
    }

    @Test
    void failures_wait_longer_and_longer_and_then_for_the_next_change() {
        queue.changed(A, 1, NOW);

        assertThat(queue.failed(new Due(A, 1), NOW)).isTrue();
        assertThat(queue.wakeUp()).contains(NOW.plusSeconds(1));
        assertThat(queue.failed(new Due(A, 1), NOW)).isTrue();
        assertThat(queue.wakeUp()).contains(NOW.plusSeconds(2));
        assertThat(queue.failed(new Due(A, 1), NOW)).isTrue();
        assertThat(queue.wakeUp()).contains(NOW.plusSeconds(4));
        assertThat(queue.failed(new Due(A, 1), NOW)).isFalse();
        assertThat(queue.size()).isZero();

        queue.changed(A, 2, NOW);
        assertThat(queue.next(NOW)).contains(new Due(A, 2));
    }

    @Test
    void a_change_does_not_shorten_the_wait_after_a_failure() {
        queue.changed(A, 1, NOW);
        queue.failed(new Due(A, 1), NOW);
        queue.changed(A, 2, NOW);

        assertThat(queue.next(NOW)).isEmpty();
        assertThat(queue.next(NOW.plusSeconds(1))).contains(new Due(A, 2));
    }

    @Test
    void when_slack_wants_quiet_nothing_is_due() {
        queue.changed(A, 1, NOW);
        queue.changed(B, 2, NOW);
        queue.quiet(NOW.plusSeconds(30));

        assertThat(queue.next(NOW.plusSeconds(29))).isEmpty();
        assertThat(queue.wakeUp()).contains(NOW.plusSeconds(30));
        assertThat(queue.next(NOW.plusSeconds(30))).isPresent();
    }

    @Test
    void a_shorter_quiet_does_not_end_a_longer_one() {
        queue.changed(A, 1, NOW);
        queue.quiet(NOW.plusSeconds(30));
        queue.quiet(NOW.plusSeconds(5));

        assertThat(queue.next(NOW.plusSeconds(10))).isEmpty();
    }

    @Test
    void one_that_fails_does_not_hold_up_another() {
        queue.changed(A, 1, NOW);
        queue.changed(B, 2, NOW);
        queue.failed(new Due(A, 1), NOW);

        assertThat(queue.next(NOW)).contains(new Due(B, 2));
    }

    @Test
    void it_takes_no_more_than_it_has_room_for() {
        for (var i = 0; i < CardQueue.MAX_WAITING; i++) {
            queue.changed(ContainmentId.parse("%07d".formatted(i)), 1, NOW);
        }

        assertThat(queue.changed(A, 1, NOW)).isFalse();
        assertThat(queue.changed(ContainmentId.parse("0000001"), 2, NOW)).isTrue();
    }
}
