package dev.firebreak.commandside.containment;

import static dev.firebreak.commandside.containment.Story.WEB_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.MembersLeftOut;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LeftOutTest {
    private static final Instant LATER = Instant.parse("2026-11-23T12:01:00Z");

    @Test
    void an_order_says_how_many_its_asker_may_cut_off_alone() {
        var order = (ContainmentOrdered) Story.running(WEB_1).events().getLast();

        // A tenth of a fleet of 40, which is less than the five a responder may take of a large
        // one.
        assertThat(order.atMost()).isEqualTo(4);
    }

    @Test
    void an_approved_order_may_be_as_large_as_what_was_approved_or_as_its_approver_might_order() {
        var order = (ContainmentOrdered) Story.approvedByAnn().events().getLast();

        assertThat(order.atMost()).isEqualTo(Math.max(Story.LARGE.members(), 10));
    }

    @Test
    void five_hundred_who_are_left_out_are_a_handful_of_events() {
        var story = Story.running(WEB_1);

        IntStream.rangeClosed(1, 500).forEach(n -> story.when(Story.leftOut(n, LATER)));

        assertThat(said(story)).containsExactly(1, 2, 4, 8, 16, 32, 64, 128, 256);
    }

    @Test
    void that_everybody_is_cut_again_is_said_once() {
        var story = Story.running(WEB_1);

        story.when(Story.leftOut(0, LATER));
        story.when(Story.leftOut(3, LATER));
        story.when(Story.leftOut(1, LATER));
        story.when(Story.leftOut(0, LATER));
        story.when(Story.leftOut(0, LATER));

        assertThat(said(story)).containsExactly(3, 0);
    }

    @Test
    void nobody_is_left_out_of_what_has_ended() {
        var story = Story.released(WEB_1);

        assertThat(story.when(Story.leftOut(3, LATER)).events()).isEmpty();
    }

    private static Iterable<Integer> said(Story story) {
        return story.events().stream()
                .filter(MembersLeftOut.class::isInstance)
                .map(event -> ((MembersLeftOut) event).leftOut())
                .toList();
    }
}
