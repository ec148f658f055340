package dev.firebreak.queryside.replay;

import static dev.firebreak.queryside.Happenings.BY_ANN;
import static dev.firebreak.queryside.Happenings.END;
import static dev.firebreak.queryside.Happenings.NOON;
import static dev.firebreak.queryside.Happenings.denied;
import static dev.firebreak.queryside.Happenings.deployed;
import static dev.firebreak.queryside.Happenings.enrolled;
import static dev.firebreak.queryside.Happenings.history;
import static dev.firebreak.queryside.Happenings.host;
import static dev.firebreak.queryside.Happenings.id;
import static dev.firebreak.queryside.Happenings.ordered;
import static dev.firebreak.queryside.Happenings.released;
import static dev.firebreak.queryside.Happenings.reported;
import static dev.firebreak.queryside.Happenings.reportedExcept;
import static dev.firebreak.queryside.Happenings.requested;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentApproved;
import dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused;
import dev.firebreak.eventlog.event.flow.FlowEvent.DeniedFlowsSeen;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.queryside.Happenings;
import dev.firebreak.queryside.TestDatabase;
import dev.firebreak.queryside.replay.ActiveDenies.ActiveDeny;
import dev.firebreak.queryside.replay.ActiveDenies.ActivePart;
import dev.firebreak.queryside.replay.ActiveDenies.Extent;
import dev.firebreak.queryside.timeline.Narration;
import dev.firebreak.queryside.timeline.TimelineLine;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private final AtomicReference<Instant> clock = new AtomicReference<>(NOON);
    private final PostgresLog log =
            PostgresLog.open(TestDatabase.create().application(), clock::get);
    private final Replay replay = new Replay(log);

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void what_was_denied_at_an_instant_is_told_with_who_why_and_until_when() {
        at(0, enrolled("web-1"), deployed("shop/cart", "web-1"));
        at(1, requested(id(1), "web-1"), approved(), ordered(id(1)));
        at(2, reported(id(1), "web-1", PartState.HELD, "read back"));
        at(10, released(id(1)));

        assertThat(replay.activeAt(second(0)).denies()).isEmpty();
        assertThat(replay.activeAt(second(5)))
                .isEqualTo(
                        new ActiveDenies(
                                second(5),
                                6,
                                0,
                                List.of(
                                        new ActiveDeny(
                                                id(1).value(),
                                                "deny",
                                                "workload/shop/cart",
                                                "everyone",
                                                "both",
                                                "all",
                                                "ann",
                                                List.of("bob"),
                                                "odd traffic",
                                                "",
                                                NOON,
                                                END,
                                                Extent.WHOLE,
                                                List.of(
                                                        new ActivePart(
                                                                "host/web-1",
                                                                List.of("cgroup /shop/cart"),
                                                                List.of(),
                                                                "held",
                                                                "read back",
                                                                List.of()))))));
        assertThat(replay.activeAt(second(10)).denies()).isEmpty();
    }

    @Test
    void how_far_it_was_held_is_told_and_what_nobody_held_is_not_called_denied() {
        at(0, enrolled("web-1"), deployed("shop/cart", "web-1"));
        at(1, requested(id(1), "web-1"), ordered(id(1)));
        at(2, reported(id(1), "web-1", PartState.WAITING, "absent"));
        at(3, reported(id(1), "web-1", PartState.HELD, "read back"));
        at(4, reported(id(1), "web-1", PartState.REJECTED, "no"));

        assertThat(List.of(1, 2, 3, 4))
                .extracting(second -> replay.activeAt(second(second)).denies().getFirst().held())
                .containsExactly(Extent.UNKNOWN, Extent.NOWHERE, Extent.WHOLE, Extent.NOWHERE);
    }

    @Test
    void whom_an_enforcer_could_not_hold_is_known_of_the_past_too() {
        var late = new Gap("shop/late in cgroup /late", "it lies elsewhere");
        at(0, enrolled("web-1"), deployed("shop/cart", "web-1"));
        at(1, requested(id(1), "web-1"), ordered(id(1)));
        at(2, reportedExcept(id(1), "web-1", late));

        var part = replay.activeAt(second(3)).denies().getFirst().parts().getFirst();

        assertThat(part.state()).isEqualTo("held-except");
        assertThat(part.gaps()).containsExactly(late);
        assertThat(replay.timeline(id(1), 0, 10).getLast().sentence())
                .isEqualTo(
                        "host/web-1 held-except: read back. Not held: shop/late in cgroup /late,"
                                + " because it lies elsewhere.");
    }

    @Test
    void the_very_instant_of_the_order_counts() {
        at(1, requested(id(1), "web-1"), ordered(id(1)));

        assertThat(replay.activeAt(second(1)).denies()).hasSize(1);
        assertThat(replay.activeAt(second(1).minusNanos(1_000)).denies()).isEmpty();
    }

    @Test
    void one_that_expired_and_was_never_released_is_not_active() {
        at(1, requested(id(1), "web-1"), ordered(id(1)));

        assertThat(replay.activeAt(END.minusNanos(1_000)).denies()).hasSize(1);
        assertThat(replay.activeAt(END).denies()).isEmpty();
    }

    @Test
    void the_past_does_not_change_when_more_happens() {
        at(1, requested(id(1), "web-1"), ordered(id(1)));
        var before = replay.activeAt(second(5));
        for (var i = 0; i < 3; i++) {
            at(20 + i, history(i, 900).toArray(new Event[0]));
        }

        assertThat(replay.activeAt(second(5))).isEqualTo(before);
        assertThat(replay.activeAt(second(60)).position()).isEqualTo(2_702);
    }

    @Test
    void a_timeline_is_told_page_by_page() {
        at(1, requested(id(1), "web-1"), ordered(id(1)));
        at(2, requested(id(2), "web-1"));
        at(3, released(id(1)));

        assertThat(replay.timeline(id(1), 0, 10))
                .extracting(TimelineLine::position)
                .containsExactly(1L, 2L, 4L);
        assertThat(replay.timeline(id(1), 2, 10))
                .extracting(TimelineLine::sentence)
                .containsExactly(Narration.sentence(released(id(1))));
        assertThat(replay.timeline(second(2), second(3), 0, 10))
                .extracting(TimelineLine::position)
                .containsExactly(3L);
        assertThat(replay.timeline(NOON, second(9), 1, 2))
                .extracting(TimelineLine::position)
                .containsExactly(2L, 3L);
    }

    @Test
    void every_line_of_a_span_names_the_containments_it_is_about() {
        at(1, requested(id(1), "web-1"), requested(id(2), "web-1"), released(id(2)));
        at(2, refused(id(1)), both(1), enrolled("web-1"));

        assertThat(replay.timeline(NOON, second(9), 0, 10))
                .extracting(TimelineLine::containments)
                .containsExactly(
                        List.of(id(1).value()),
                        List.of(id(2).value()),
                        List.of(id(2).value()),
                        List.of(id(1).value()),
                        List.of(id(1).value(), id(2).value()),
                        List.of());
    }

    @Test
    void what_a_containment_denied_is_part_of_its_life_and_nothing_else_of_the_batch_is() {
        at(1, requested(id(1), "web-1"), requested(id(2), "web-1"));
        at(2, both(1), denied("web-1", 2, id(2), "f", 7), denied("web-9", 1, id(1), "f", 7));
        at(3, released(id(1)), reported(id(1), "web-9", PartState.LIFTED, "gone"));

        var life = replay.timeline(id(1), 0, 10);

        assertThat(life).extracting(TimelineLine::position).containsExactly(1L, 3L, 5L, 6L, 7L);
        assertThat(life.get(1).sentence())
                .isEqualTo(
                        "host/web-1 denied 1 packet in 1 flow of workload/shop/cart (C-0000001): to"
                                + " 203.0.113.9:443/tcp once.");
        assertThat(replay.timeline(id(1), 1, 1))
                .extracting(TimelineLine::position)
                .containsExactly(3L);
        assertThat(replay.timeline(id(1), 5, 10))
                .extracting(TimelineLine::position)
                .containsExactly(6L, 7L);
    }

    @Test
    void what_was_refused_about_a_containment_is_part_of_its_life() {
        at(1, requested(id(1), "web-1"), requested(id(2), "web-1"));
        at(2, refused(id(1)), refused(id(2)));
        at(3, released(id(1)), refused(id(1)));

        assertThat(replay.timeline(id(1), 0, 10))
                .extracting(TimelineLine::position)
                .containsExactly(1L, 3L, 5L, 6L);
        assertThat(replay.timeline(id(1), 3, 1))
                .extracting(TimelineLine::position)
                .containsExactly(5L);
        assertThat(replay.timeline(id(1), 0, 10).get(1).sentence())
                .isEqualTo("ann tried to release of containment/C-0000001 and was refused: No.");
    }

    @Test
    void what_was_refused_before_it_ever_began_is_told_too() {
        at(1, refused(id(1)));

        assertThat(replay.timeline(id(1), 0, 10)).hasSize(1);
    }

    @Test
    void a_folded_life_has_a_row_for_what_repeats_itself_and_leaves_nothing_out() {
        at(1, requested(id(1), "web-1"));
        for (var batch = 1; batch <= 2_500; batch++) {
            at(2, denied("web-1", batch, id(1), "f", 2));
        }
        at(3, released(id(1)));

        var life = replay.folded(id(1), 0, Replay.MAX_LINES);

        assertThat(life).extracting(TimelineLine::entries).containsExactly(1L, 2_500L, 1L);
        assertThat(life).extracting(TimelineLine::position).containsExactly(1L, 2_501L, 2_502L);
        assertThat(life.get(1).sentence()).contains("denied 5000 packets in 1 flow of");
        assertThat(replay.folded(id(1), 2_502, 10)).isEmpty();
    }

    @Test
    void a_folded_page_holds_as_many_lines_as_are_asked_for_and_the_next_begins_behind_it() {
        at(1, requested(id(1), "web-1"));
        at(2, denied("web-1", 1, id(1), "f", 2), denied("web-1", 2, id(1), "f", 2));
        at(3, released(id(1)), reported(id(1), "web-1", PartState.LIFTED, "gone"));

        assertThat(replay.folded(id(1), 0, 2))
                .extracting(TimelineLine::entries)
                .containsExactly(1L, 1L);
        assertThat(replay.folded(id(1), 2, 2))
                .extracting(TimelineLine::position)
                .containsExactly(3L, 4L);
        assertThat(replay.folded(NOON, second(3), 0, 10))
                .extracting(TimelineLine::entries)
                .containsExactly(1L, 2L);
    }

    /// One batch of denied traffic that two containments denied.
    private static DeniedFlowsSeen both(long batch) {
        var flows =
                Stream.of(1, 2)
                        .flatMap(n -> denied("web-1", batch, id(n), "f", n).flows().stream())
                        .toList();
        return new DeniedFlowsSeen(host("web-1"), "boot-1", batch, flows, 3, NOON);
    }

    private static CommandRefused refused(ContainmentId id) {
        return new CommandRefused(
                "release", "containment/" + id, "", "x", "No", Happenings.ANN, 0, NOON);
    }

    private void at(int second, Event... events) {
        clock.set(second(second));
        log.record(List.of(events), BY_ANN);
    }

    private static Instant second(int second) {
        return NOON.plusSeconds(second);
    }

    private static ContainmentApproved approved() {
        var plan = requested(id(1), "web-1").plan().hash();
        return new ContainmentApproved(id(1), plan, new ResponderName("bob"), NOON);
    }
}
