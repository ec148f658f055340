package dev.firebreak.segmentation;

import static dev.firebreak.segmentation.Story.ANN;
import static dev.firebreak.segmentation.Story.NOON;
import static dev.firebreak.segmentation.Story.cut;
import static dev.firebreak.segmentation.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentApproved;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.term.ResponderName;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CutAloneTest {
    private static final ResponderName BEA = new ResponderName("bea");
    private final Story story = new Story().enrolled("web-1");

    @BeforeEach
    void some_workloads() {
        IntStream.range(0, 6)
                .forEach(i -> story.deployed("shop/w" + i, "prod", "", on("web-1", "/w" + i)));
    }

    @Test
    void what_somebody_has_in_force_is_counted_once_and_without_what_is_asked_for() {
        story.contained(cut("shop/w0"));
        story.contained(cut("shop/w1"));
        story.contained(cut("shop/w1", "cidr/203.0.113.0/24"));

        assertThat(cutAlone("shop/w5")).isEqualTo(2);
        assertThat(cutAlone("shop/w1")).isEqualTo(1);
        assertThat(story.estate.cutAlone(BEA, cut("shop/w5"), NOON)).isZero();
    }

    @Test
    void neighbours_count_also_those_who_came_later() {
        story.deployed("other/one", "prod", "", on("web-1", "/w0/one"));
        story.contained(cut("shop/w0"));
        assertThat(cutAlone("shop/w5")).isEqualTo(2);

        story.deployed("other/two", "prod", "", on("web-1", "/w0/two"));

        assertThat(cutAlone("shop/w5")).isEqualTo(3);
    }

    @Test
    void a_host_counts_as_everybody_on_it_and_an_address_of_nobody_as_nobody() {
        story.contained(cut("host/web-1"));
        story.contained(cut("cidr/203.0.113.9/32"));

        assertThat(cutAlone("shop/w5")).isEqualTo(5);
    }

    @Test
    void what_a_second_person_approved_or_is_over_is_not_counted() {
        var approved = story.requested(cut("shop/w0"));
        var plan = story.estate.containment(approved).orElseThrow().plan();
        story.happens(new ContainmentApproved(approved, plan.hash(), BEA, NOON))
                .happens(new ContainmentOrdered(approved, NOON.plusSeconds(900), 5, NOON));
        story.released(story.contained(cut("shop/w1")));
        story.contained(cut("shop/w2"), NOON);
        story.requested(cut("shop/w3"));

        assertThat(cutAlone("shop/w5")).isZero();
    }

    @Test
    void selectors_that_take_in_the_same_bait_count_for_those_who_may_follow_it() {
        story.deployed("shop/bait", "prod", "a=1,b=1,c=1", on("web-1", "/bait"));
        contained("label/a=1", 1);
        contained("label/b=1", 1);

        assertThat(cutAlone("label/c=1")).isEqualTo(2);
        assertThat(cutAlone("shop/bait")).isEqualTo(1);
    }

    @Test
    void a_seat_stays_taken_when_who_sat_there_is_retired() {
        story.deployed("shop/bait", "prod", "a=1", on("web-1", "/bait"));
        contained("label/a=1", 1);
        story.retired("shop/bait");

        assertThat(cutAlone("shop/w5")).isEqualTo(1);
    }

    @Test
    void asked_for_from_another_peer_the_same_selector_counts_once() {
        story.deployed("shop/one", "prod", "a=1", on("web-1", "/one"));
        contained("label/a=1", 5);

        assertThat(story.estate.cutAlone(ANN, cut("label/a=1", "cidr/203.0.113.0/24"), NOON))
                .isZero();
        assertThat(story.estate.toGrowAlone(ANN, cut("label/a=1", "cidr/203.0.113.0/24"), NOON))
                .isZero();
    }

    @Test
    void what_one_selector_may_grow_to_is_not_promised_to_the_next() {
        story.deployed("shop/one", "prod", "a=1", on("web-1", "/one"));
        contained("label/a=1", 5);

        assertThat(story.estate.toGrowAlone(ANN, cut("label/b=1"), NOON)).isEqualTo(4);

        story.deployed("shop/two", "prod", "a=1", on("web-1", "/two"));

        assertThat(story.estate.toGrowAlone(ANN, cut("label/b=1"), NOON)).isEqualTo(3);
    }

    private void contained(String subject, int atMost) {
        story.contained(cut(subject), NOON.plusSeconds(1_800), atMost);
    }

    private int cutAlone(String subject) {
        return story.estate.cutAlone(ANN, cut(subject), NOON);
    }
}
