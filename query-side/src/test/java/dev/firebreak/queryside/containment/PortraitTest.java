package dev.firebreak.queryside.containment;

import static dev.firebreak.queryside.Happenings.END;
import static dev.firebreak.queryside.Happenings.NOON;
import static dev.firebreak.queryside.Happenings.id;
import static dev.firebreak.queryside.Happenings.requested;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.queryside.containment.Hearing.Absence;
import dev.firebreak.segmentation.Presence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PortraitTest {
    private static final Hearing ALL_HEARD = new Hearing(Map.of());
    private static final Reach FIVE = new Reach(5, 40, List.of(), List.of());

    private final ContainmentRow row =
            new ContainmentRow(new ContainmentRow.Key(1, id(1).value()), 1, requested(id(1)));
    private final List<PartRow> parts = new ArrayList<>();
    private Optional<Presence> presence = Optional.empty();

    @ParameterizedTest
    @CsvSource({
        "PENDING,no answer yet",
        "WAITING,its workload is not there yet",
        "REJECTED,'it refused, too many shapes'",
        "UNREACHABLE,unreachable since 12:00 UTC",
        "UNKNOWN,'unknown, too many shapes'",
        "LIFTED,it holds nothing of it"
    })
    void what_is_missing_is_named_with_the_reason(PartState state, String why) {
        running(StoredStage.CONTAINED_EXCEPT);
        part("host/web-1", PartState.HELD, "");
        part("host/web-2", state, "Too many shapes.");

        assertThat(text(NOON))
                .isEqualTo(
                        "contained except host/web-2: %s; until 12:30 UTC (30 min left)"
                                .formatted(why));
    }

    @Test
    void whom_a_part_leaves_open_is_named_and_the_part_holds_all_the_same() {
        running(StoredStage.CONTAINED_EXCEPT);
        part("host/web-1", PartState.HELD_EXCEPT, "Read back.");
        parts.getFirst().gapWhats = List.of("shop/late in cgroup /late");
        parts.getFirst().gapWhys = List.of("it lies elsewhere (outside-root)");

        var view = drawn(NOON, ALL_HEARD);

        assertThat(view.state()).isEqualTo(ContainmentState.CONTAINED_EXCEPT);
        assertThat(view.stateText())
                .isEqualTo(
                        "contained except host/web-1: held except shop/late in cgroup /late,"
                                + " because it lies elsewhere (outside-root); until 12:30 UTC"
                                + " (30 min left)");
        assertThat(view.parts().getFirst().state().text()).isEqualTo("held-except");
        assertThat(view.parts().getFirst().gaps())
                .containsExactly(
                        new Gap("shop/late in cgroup /late", "it lies elsewhere (outside-root)"));
    }

    @Test
    void whom_its_plan_could_not_cover_is_named_where_every_part_is_in_force() {
        running(StoredStage.CONTAINED);
        part("host/web-1", PartState.VERIFIED, "");
        row.gapWhats = List.of("payments/batch");
        row.gapWhys = List.of("host/web-9 has no enrolled agent");

        var view = drawn(NOON, ALL_HEARD);

        assertThat(view.state()).isEqualTo(ContainmentState.CONTAINED_EXCEPT);
        assertThat(view.stateText())
                .isEqualTo(
                        "contained except what its plan could not cover: payments/batch, because"
                                + " host/web-9 has no enrolled agent; until 12:30 UTC (30 min left)");
    }

    @Test
    void whom_it_leaves_open_is_named_also_where_another_one_is_not_there() {
        running(StoredStage.CONTAINED_EXCEPT);
        part("host/web-1", PartState.WAITING, "");
        parts.getFirst().gapWhats = List.of("cgroup /late");
        parts.getFirst().gapWhys = List.of("it lies elsewhere");

        assertThat(text(NOON))
                .contains("its workload is not there yet, except cgroup /late, because it lies");
    }

    @ParameterizedTest
    @EnumSource(
            value = PartState.class,
            names = {"HELD", "VERIFIED"},
            mode = EnumSource.Mode.EXCLUDE)
    void one_part_that_does_not_hold_is_never_contained(PartState state) {
        running(StoredStage.CONTAINED);
        part("host/web-1", PartState.VERIFIED, "");
        part("host/web-2", state, "");

        assertThat(drawn(NOON, ALL_HEARD).state()).isEqualTo(ContainmentState.CONTAINED_EXCEPT);
    }

    @ParameterizedTest
    @CsvSource({
        "WAITING, NOT_CONTAINED, NOT contained: host/web-1: its workload is not there yet",
        "REJECTED, NOT_CONTAINED, 'NOT contained: host/web-1: it refused, C-7F3K9QX is too large'",
        "UNREACHABLE, NOT_CONTAINED, NOT contained: host/web-1: unreachable since 12:00 UTC",
        "LIFTED, NOT_CONTAINED, NOT contained: host/web-1: it holds nothing of it",
        "PENDING, UNKNOWN, not known to be contained: host/web-1: no answer yet",
        "UNKNOWN, UNKNOWN, 'not known to be contained: host/web-1: unknown, C-7F3K9QX is too large'"
    })
    void where_nothing_holds_nothing_is_called_contained(
            PartState part, ContainmentState state, String text) {
        running(StoredStage.CONTAINED_EXCEPT);
        part("host/web-1", part, "C-7F3K9QX is too large.");

        assertThat(drawn(NOON, ALL_HEARD).state()).isEqualTo(state);
        assertThat(text(NOON)).startsWith(text);
    }

    @ParameterizedTest
    @EnumSource(
            value = PartState.class,
            names = {"LIFTED", "REJECTED"},
            mode = EnumSource.Mode.EXCLUDE)
    void nothing_is_known_of_an_enforcer_that_is_not_heard(PartState state) {
        running(StoredStage.PUSHING);
        part("host/web-1", state, "");

        var view = drawn(NOON, new Hearing(Map.of("host/web-1", new Absence(NOON, false))));

        assertThat(view.parts().getFirst().state().state()).isEqualTo(PartState.UNKNOWN);
        assertThat(view.parts().getFirst().sentence()).startsWith("Not heard since 12:00 UTC");
    }

    @ParameterizedTest
    @CsvSource({
        "false,'that is read back when it is heard again'",
        "true,'it was revoked, so that cannot be read back until it is enrolled again'"
    })
    void what_was_to_let_go_out_of_reach_says_what_would_settle_it(boolean revoked, String how) {
        running(StoredStage.RELEASING);
        ended("PERSON");
        row.endedAt = NOON;
        part("host/web-1", PartState.HELD, "");
        part("host/web-2", PartState.LIFTED, "");
        part("host/web-3", PartState.HELD, "");
        var hearing = new Hearing(Map.of("host/web-1", new Absence(NOON, revoked)));

        assertThat(drawn(NOON, hearing).stateText())
                .isEqualTo(
                        "released at 12:00 UTC by ann: all clear; not yet read back as gone:"
                                + " host/web-3; host/web-1 is out of reach since 12:00 UTC; its"
                                + " kernel lets go by itself at 12:30 UTC; "
                                + how);
        assertThat(drawn(END, hearing).parts().getFirst().sentence())
                .isEqualTo(
                        "Out of reach since 12:00 UTC; its kernel was to let go by itself at 12:30"
                                + " UTC; %s.".formatted(how));
    }

    @Test
    void many_troubles_are_counted_and_not_listed() {
        running(StoredStage.CONTAINED_EXCEPT);
        for (var i = 0; i < 9; i++) {
            part("host/web-" + i, PartState.PENDING, "");
        }

        assertThat(text(NOON)).contains("host/web-4: no answer yet and 4 more");
    }

    @Test
    void whoever_joined_above_what_was_allowed_is_an_exception_although_every_part_holds() {
        running(StoredStage.CONTAINED);
        part("host/web-1", PartState.VERIFIED, "");
        presence = Optional.of(present(7, "shop/a", "shop/b"));

        assertThat(drawn(NOON, ALL_HEARD).state()).isEqualTo(ContainmentState.CONTAINED_EXCEPT);
        assertThat(text(NOON))
                .isEqualTo(
                        "contained except shop/a, shop/b and 5 more: joined later or moved, above the 5 that"
                                + " were allowed; ask for it again to cut them, too; until 12:30"
                                + " UTC (30 min left)");
    }

    @Test
    void a_member_that_is_spared_for_something_protected_is_an_exception() {
        running(StoredStage.CONTAINED);
        part("host/web-1", PartState.VERIFIED, "");
        presence = Optional.of(protectedIn(List.of("shop/late"), List.of()));

        assertThat(drawn(NOON, ALL_HEARD).state()).isEqualTo(ContainmentState.CONTAINED_EXCEPT);
        assertThat(text(NOON))
                .startsWith("contained except shop/late: not cut where something protected runs;");
    }

    @Test
    void something_protected_that_is_cut_all_the_same_is_told() {
        running(StoredStage.CONTAINED);
        part("host/web-1", PartState.VERIFIED, "");
        presence = Optional.of(protectedIn(List.of(), List.of("infra/dns")));

        assertThat(drawn(NOON, ALL_HEARD).state()).isEqualTo(ContainmentState.CONTAINED);
        assertThat(text(NOON))
                .isEqualTo(
                        "contained until 12:30 UTC (30 min left); and infra/dns, although protected,"
                                + " because it came to run where the plan cuts: move it, or release"
                                + " this");
    }

    private static Presence protectedIn(List<String> spared, List<String> caught) {
        return new Presence(
                FIVE,
                5,
                0,
                List.of(),
                spared.stream().map(WorkloadName::parse).toList(),
                caught.stream().map(WorkloadName::parse).toList());
    }

    @Test
    void who_is_in_it_now_is_shown_beside_what_was_decided_on() {
        running(StoredStage.CONTAINED);
        part("host/web-1", PartState.VERIFIED, "");
        presence = Optional.of(present(0));

        var view = drawn(NOON, ALL_HEARD);

        assertThat(view.state()).isEqualTo(ContainmentState.CONTAINED);
        assertThat(view.reach().members()).isEqualTo(1);
        assertThat(view.present())
                .isEqualTo(
                        new ContainmentView.Present(FIVE, 5, 0, List.of(), List.of(), List.of()));
    }

    @Test
    void one_that_waits_for_a_second_person_says_so_until_it_is_too_late() {
        row.lapsesAt = END;
        row.approvalBecause = "it reaches 9 workloads";

        assertThat(text(NOON))
                .isEqualTo(
                        "not in force: a second person has to agree until 12:30 UTC (30 min left):"
                                + " it reaches 9 workloads");
        assertThat(text(END)).startsWith("not in force: nobody agreed until 12:30 UTC");
    }

    @ParameterizedTest
    @CsvSource({
        "PERSON,'ended at 12:30 UTC by ann: all clear; nothing is left on any enforcer'",
        "EXPIRY,'ended at 12:30 UTC because its time was over; nothing is left on any enforcer'",
        "ROLLBACK,'ended at 12:30 UTC by rollback: all clear; nothing is left on any enforcer'"
    })
    void an_end_says_who_or_what_ended_it(String cause, String text) {
        running(StoredStage.ENDED);
        ended(cause);

        assertThat(text(END)).isEqualTo(text);
        assertThat(drawn(NOON, ALL_HEARD).remainingSeconds()).isZero();
    }

    @Test
    void one_that_nobody_agreed_to_is_declined() {
        row.stage = StoredStage.DECLINED;
        ended("LAPSED");

        assertThat(text(END)).isEqualTo("declined at 12:30 UTC: nobody agreed in time");
    }

    @Test
    void a_new_end_is_promised_of_no_part_that_did_not_take_it() {
        running(StoredStage.CONTAINED);
        part("host/web-1", PartState.VERIFIED, "");
        parts.getFirst().until = NOON.plusSeconds(60);

        assertThat(text(NOON))
                .isEqualTo(
                        "contained until 12:30 UTC (30 min left); so far host/web-1 until 12:01 UTC");
        var over = drawn(NOON.plusSeconds(60), ALL_HEARD);
        assertThat(over.state()).isEqualTo(ContainmentState.UNKNOWN);
        assertThat(over.parts().getFirst().sentence())
                .isEqualTo("It had taken 12:01 UTC as its end, and the new one was not read back.");
    }

    private void running(StoredStage stage) {
        row.stage = stage;
        row.orderedAt = NOON;
        row.expiresAt = END;
    }

    private void ended(String cause) {
        row.endedAt = END;
        row.endedBy = "ann";
        row.endCause = cause;
        row.endWhy = "all clear";
    }

    private static Presence present(int leftOut, String... names) {
        return new Presence(FIVE, 5, leftOut, Stream.of(names).map(WorkloadName::parse).toList());
    }

    private void part(String enforcer, PartState state, String sentence) {
        var part = new PartRow(new PartRow.Key(1, row.id, enforcer), NOON);
        part.state = state;
        part.sentence = sentence;
        part.until = END;
        parts.add(part);
    }

    private String text(Instant now) {
        return drawn(now, ALL_HEARD).stateText();
    }

    private ContainmentView drawn(Instant now, Hearing hearing) {
        return Portrait.of(row, parts, hearing, presence, now);
    }
}
