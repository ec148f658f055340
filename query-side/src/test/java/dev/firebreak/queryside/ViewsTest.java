package dev.firebreak.queryside;

import static dev.firebreak.queryside.Happenings.BY_ANN;
import static dev.firebreak.queryside.Happenings.END;
import static dev.firebreak.queryside.Happenings.NOON;
import static dev.firebreak.queryside.Happenings.connected;
import static dev.firebreak.queryside.Happenings.contained;
import static dev.firebreak.queryside.Happenings.denied;
import static dev.firebreak.queryside.Happenings.deployed;
import static dev.firebreak.queryside.Happenings.enrolled;
import static dev.firebreak.queryside.Happenings.host;
import static dev.firebreak.queryside.Happenings.id;
import static dev.firebreak.queryside.Happenings.ordered;
import static dev.firebreak.queryside.Happenings.released;
import static dev.firebreak.queryside.Happenings.reported;
import static dev.firebreak.queryside.Happenings.requested;
import static dev.firebreak.queryside.Happenings.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentExtended;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadRetired;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerRevoked;
import dev.firebreak.eventlog.event.flow.FlowEvent.DeniedFlowsSeen;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.Neighbour;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Sessions;
import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.queryside.containment.ContainmentState;
import dev.firebreak.queryside.containment.ContainmentView;
import dev.firebreak.queryside.containment.ContainmentViews.Which;
import dev.firebreak.queryside.enforcer.EnforcerView;
import dev.firebreak.queryside.timeline.TimelineLine;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.segmentation.Stage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static final List<Gap> NO_AGENT =
            List.of(new Gap("shop/cart", "host/web-9 has no enrolled agent"));

    private static final List<String> TABLES =
            List.of(
                    "containment",
                    "part",
                    "enforcer",
                    "timeline",
                    "denied_flow",
                    "flow_source",
                    "workload",
                    "parked");
    private static final TestDatabase DATABASE = TestDatabase.create();
    private static final PostgresLog LOG = DATABASE.log();
    private static final Views VIEWS = Views.open(DATABASE.pool(), LOG);

    private final PostgresLog log = LOG;
    private final Views views = VIEWS;
    private final long start = LOG.head();

    @AfterAll
    static void close() {
        VIEWS.close();
        LOG.close();
        DATABASE.close();
    }

    /// As if the log began here.
    @BeforeEach
    void forget() {
        TABLES.forEach(table -> DATABASE.sql("TRUNCATE views." + table));
        DATABASE.sql(
                "UPDATE views.projection SET generation = generation + 1, position = " + start);
    }

    @Test
    void a_containment_is_seen_through_its_life() {
        happened(requested(id(1), "web-1"));
        assertThat(seen(NOON).state()).isEqualTo(ContainmentState.AWAITING_APPROVAL);

        happened(ordered(id(1)));
        assertThat(seen(NOON).stateText())
                .isEqualTo("being put in force, 0 of 1 parts hold; until 12:30 UTC (30 min left)");

        happened(reported(id(1), "web-1", PartState.VERIFIED, "probed"), contained(id(1)));
        assertThat(seen(NOON.plusSeconds(1_080)).stateText())
                .isEqualTo("contained until 12:30 UTC (12 min left)");
        assertThat(seen(NOON).remainingSeconds()).isEqualTo(1_800);

        happened(released(id(1)));
        assertThat(seen(NOON).stateText())
                .isEqualTo(
                        "released at 12:00 UTC by ann: all clear; not yet read back as gone:"
                                + " host/web-1");
    }

    /// As the command side decides it, see its ReportTest: the state of now and what people see
    /// take in the same.
    @Test
    void what_turns_up_again_after_the_lift_is_releasing_again_until_it_is_gone() {
        var estate = new LiveEstate();
        happened(
                requested(id(1), "web-1"),
                ordered(id(1)),
                reported(id(1), "web-1", PartState.HELD, "held"),
                released(id(1)),
                reported(id(1), "web-1", PartState.LIFTED, "gone"),
                new ContainmentLifted(id(1), NOON));
        estate.take(log.read(start, PostgresLog.MAX_EVENTS));
        assertThat(stage(estate)).isInstanceOf(Stage.Lifted.class);
        assertThat(seen(NOON).state()).isEqualTo(ContainmentState.ENDED);

        var lifted = log.head();
        happened(reported(id(1), "web-1", PartState.HELD, "held"));
        estate.take(log.read(lifted, PostgresLog.MAX_EVENTS));

        assertThat(stage(estate)).isInstanceOf(Stage.Releasing.class);
        assertThat(estate.read(Estate::openContainments)).hasSize(1);
        assertThat(seen(NOON).state()).isEqualTo(ContainmentState.RELEASING);
        assertThat(seen(NOON).stateText()).contains("not yet read back as gone: host/web-1");

        var back = log.head();
        happened(
                reported(id(1), "web-1", PartState.LIFTED, "gone"),
                new ContainmentLifted(id(1), NOON));
        estate.take(log.read(back, PostgresLog.MAX_EVENTS));

        assertThat(stage(estate)).isInstanceOf(Stage.Lifted.class);
        assertThat(estate.read(Estate::openContainments)).isEmpty();
        assertThat(seen(NOON).state()).isEqualTo(ContainmentState.ENDED);
    }

    private static Stage stage(LiveEstate estate) {
        return estate.read(e -> e.containment(id(1)).orElseThrow().stage());
    }

    @Test
    void a_view_shows_what_was_asked_and_what_cannot_be_held() {
        happened(requested(id(1), NO_AGENT, "web-1"));

        var view = seen(NOON);

        assertThat(view.subject()).isEqualTo("workload/shop/cart");
        assertThat(view.peer()).isEqualTo("everyone");
        assertThat(view.reach().owners()).containsExactly("team-shop");
        assertThat(view.gaps().getFirst().why()).contains("no enrolled agent");
        assertThat(view.parts())
                .extracting(ContainmentView.PartView::enforcer)
                .containsExactly("host/web-1");
    }

    @Test
    void a_part_of_a_silent_enforcer_is_unknown_and_never_fine() {
        happened(
                enrolled("web-1"),
                connected("web-1"),
                requested(id(1), "web-1"),
                ordered(id(1)),
                reported(id(1), "web-1", PartState.HELD, "held"),
                contained(id(1)),
                silent("web-1"));

        var view = seen(NOON);

        assertThat(view.state()).isEqualTo(ContainmentState.UNKNOWN);
        assertThat(view.parts().getFirst().state().state()).isEqualTo(PartState.UNKNOWN);
        assertThat(view.stateText())
                .startsWith(
                        "not known to be contained: host/web-1: unknown, not heard since 11:59 UTC");

        happened(connected("web-1"));
        assertThat(seen(NOON).state()).isEqualTo(ContainmentState.CONTAINED);
    }

    @Test
    void a_part_that_did_not_answer_has_taken_no_new_end() {
        var later = Happenings.END.plusSeconds(600);
        happened(
                enrolled("web-1"),
                connected("web-1"),
                requested(id(1), "web-1"),
                ordered(id(1)),
                reported(id(1), "web-1", PartState.HELD, "held"),
                new ContainmentExtended(id(1), later, new Reason("more"), Happenings.ANN, NOON),
                reported(id(1), "web-1", PartState.UNKNOWN, "no answer"));

        assertThat(seen(NOON).parts().getFirst().until()).isEqualTo(Happenings.END);

        happened(reported(id(1), "web-1", PartState.HELD, "held"));
        assertThat(seen(NOON).parts().getFirst().until()).isEqualTo(later);
    }

    @Test
    void what_a_revoked_host_may_still_hold_after_the_release_says_how_that_is_settled() {
        happened(
                enrolled("web-1"),
                connected("web-1"),
                requested(id(1), "web-1"),
                ordered(id(1)),
                reported(id(1), "web-1", PartState.HELD, "held"),
                contained(id(1)),
                new EnforcerRevoked(host("web-1"), new Reason("stolen"), Happenings.ANN, NOON),
                released(id(1)));

        assertThat(seen(NOON).stateText())
                .isEqualTo(
                        "released at 12:00 UTC by ann: all clear; host/web-1 is out of reach since"
                                + " 12:00 UTC; its kernel lets go by itself at 12:30 UTC; it was"
                                + " revoked, so that cannot be read back until it is enrolled"
                                + " again");
    }

    @Test
    void a_later_report_takes_no_ended_session_back() {
        happened(
                requested(id(1), "web-1"),
                ordered(id(1)),
                reported(id(1), "web-1", PartState.VERIFIED, "probed", new Sessions(2, 1)),
                reported(id(1), "web-1", PartState.HELD, "not probed", Sessions.NONE));

        var part = seen(NOON).parts().getFirst();
        assertThat(part.sessionsEnded()).isEqualTo(2);
        assertThat(part.sessionsSurviving()).isZero();

        happened(reported(id(1), "web-1", PartState.VERIFIED, "again", new Sessions(5, 0)));
        assertThat(seen(NOON).parts().getFirst().sessionsEnded()).isEqualTo(5);
    }

    @Test
    void past_its_end_it_is_not_called_contained() {
        happened(
                requested(id(1), "web-1"),
                ordered(id(1)),
                reported(id(1), "web-1", PartState.HELD, "held"),
                contained(id(1)));

        assertThat(seen(END).state()).isEqualTo(ContainmentState.RELEASING);
        assertThat(seen(END).stateText())
                .isEqualTo("its time ended at 12:30 UTC; not yet read back as gone: host/web-1");
    }

    @Test
    void lists_hold_what_was_asked_for() {
        happened(requested(id(1), "web-1"), requested(id(2), "web-1"), ordered(id(2)));

        assertThat(listed(Which.WAITING)).containsExactly(id(1).value());
        assertThat(listed(Which.ACTIVE)).containsExactly(id(2).value());
        assertThat(listed(Which.ENDED)).isEmpty();
        assertThat(listed(Which.ALL)).containsExactly(id(2).value(), id(1).value());
    }

    @Test
    void an_enforcer_shows_what_it_holds_and_whether_it_is_heard() {
        happened(
                enrolled("web-1"),
                connected("web-1"),
                requested(id(1), "web-1"),
                ordered(id(1)),
                reported(id(1), "web-1", PartState.HELD, "held"),
                denied("web-1", 1, id(1), "f", 5));

        assertThat(views.enforcers().find(host("web-1"), NOON))
                .contains(
                        new EnforcerView(
                                "host/web-1",
                                "connected",
                                "connected since 12:00 UTC",
                                NOON,
                                "0.1",
                                "6.18",
                                NOON,
                                END,
                                1L,
                                3));
    }

    @Test
    void an_enforcer_was_last_heard_when_it_last_said_anything() {
        happened(enrolled("web-1"), connected("web-1"), requested(id(1), "web-1"));

        happened(answered(60, PartState.HELD));
        assertThat(heardAt()).isEqualTo(NOON.plusSeconds(60));

        happened(answered(90, PartState.UNREACHABLE), connected("web-1"));
        assertThat(heardAt()).isEqualTo(NOON.plusSeconds(60));

        var flows = denied("web-1", 1, id(1), "f", 5).flows();
        happened(new DeniedFlowsSeen(host("web-1"), "b", 1, flows, 0, NOON.plusSeconds(70)));
        assertThat(heardAt()).isEqualTo(NOON.plusSeconds(70));
    }

    private @Nullable Instant heardAt() { // null: never heard
        return views.enforcers().find(host("web-1"), NOON).orElseThrow().lastHeardAt();
    }

    private static EnforcementReported answered(int second, PartState state) {
        var report = Happenings.reported(id(1), "web-1", state, "").reports().getFirst();
        return new EnforcementReported(
                id(1),
                List.of(
                        new PartReport(
                                report.enforcer(),
                                report.generation(),
                                state,
                                "",
                                List.of(),
                                List.of(),
                                Sessions.NONE,
                                NOON.plusSeconds(second))),
                NOON);
    }

    @Test
    void an_enforcer_that_holds_for_some_holds_and_one_that_is_not_heard_would_hold_nothing() {
        happened(
                enrolled("web-1"),
                connected("web-1"),
                enrolled("web-2"),
                requested(id(1), "web-1"),
                ordered(id(1)),
                reported(id(1), "web-1", PartState.HELD_EXCEPT, "held for some"));

        assertThat(views.enforcers().find(host("web-1"), NOON))
                .hasValueSatisfying(view -> assertThat(view.deniesHeld()).isEqualTo(1));
        var asked = List.of(host("web-1"), host("web-2"), host("web-3"));
        assertThat(views.enforcers().hindered(asked, NOON))
                .containsOnlyKeys(host("web-2"), host("web-3"))
                .hasEntrySatisfying(
                        host("web-2"), why -> assertThat(why).contains("not connected since"))
                .hasEntrySatisfying(
                        host("web-3"), why -> assertThat(why).contains("is not known at present"));
    }

    @Test
    void denied_flows_are_added_up_and_a_batch_told_twice_counts_once() {
        happened(
                denied("web-1", 1, id(1), "f", 5),
                denied("web-1", 2, id(1), "f", 7),
                denied("web-1", 2, id(1), "f", 7),
                denied("web-2", 1, id(1), "g", 1));

        var flows = views.deniedFlows().of(id(1), 10);

        assertThat(flows).hasSize(2);
        assertThat(flows.getFirst().packets()).isEqualTo(12);
        assertThat(flows.getFirst().last()).isEqualTo(NOON.plusSeconds(2));
    }

    @Test
    void workloads_are_listed_page_by_page_until_they_are_retired() {
        happened(deployed("shop/a", "web-1"), deployed("shop/b", "web-1"), deployed("shop/c", "w"));
        happened(new WorkloadRetired(name("shop/b"), new Reason("gone"), Happenings.ANN, NOON));

        var first = views.workloads().list("", 1);

        assertThat(first.getFirst().placements())
                .isEqualTo(deployed("shop/a", "web-1").placements());
        assertThat(views.workloads().list("shop/a", 10))
                .extracting(view -> view.workload())
                .containsExactly("shop/c");
    }

    @Test
    void who_is_cut_without_being_asked_for_is_named_in_the_view_and_in_the_timeline() {
        var side = new Neighbour(WorkloadName.parse("shop/side"), "it shares a cgroup with cart");
        happened(withNeighbour(requested(id(1), NO_AGENT, "web-1"), side), ordered(id(1)));

        assertThat(seen(NOON).reach().neighbours()).containsExactly(side);
        assertThat(views.timeline().of(id(1), 0, 10).getFirst().sentence())
                .contains(
                        "It reaches 2 of 12 workloads by 1 enforcer. It also cuts shop/side, because"
                                + " it shares a cgroup with cart. Not held: shop/cart");
    }

    private static ContainmentRequested withNeighbour(
            ContainmentRequested event, Neighbour neighbour) {
        var plan = event.plan();
        var reach =
                new Reach(
                        2,
                        plan.reach().fleet(),
                        plan.reach().names(),
                        plan.reach().owners(),
                        List.of(neighbour));
        return new ContainmentRequested(
                event.containment(),
                new Plan(plan.ask(), plan.parts(), plan.gaps(), reach, plan.protectedBy()),
                event.ttl(),
                event.reason(),
                event.incident(),
                event.by(),
                event.at());
    }

    @Test
    void the_timeline_tells_it_in_sentences_with_who_and_by_which_surface() {
        happened(requested(id(1), NO_AGENT, "web-1"), ordered(id(1)), enrolled("web-1"));

        assertThat(views.timeline().of(id(1), 0, 10))
                .extracting(TimelineLine::sentence)
                .containsExactly(
                        "ann asked to cut workload/shop/cart from everyone, both directions, all"
                                + " ports for 30m: odd traffic. It reaches 1 of 12 workloads by 1"
                                + " enforcer. Not held: shop/cart, because host/web-9 has no enrolled"
                                + " agent.",
                        "Ordered; it holds until 2026-11-23 12:30:00 UTC.");
        assertThat(
                        views.timeline()
                                .between(
                                        Instant.EPOCH,
                                        Instant.now().plusSeconds(60),
                                        start + 2,
                                        10))
                .extracting(TimelineLine::by, TimelineLine::surface, TimelineLine::stream)
                .containsExactly(tuple("ann", "cli", "enforcer/host/web-1"));
    }

    @Test
    void an_enforcers_sentence_with_a_nul_in_it_stops_nothing() {
        happened(
                requested(id(1), "web-1"),
                ordered(id(1)),
                reported(id(1), "web-1", PartState.REJECTED, "no\u0000pe \uD800"));

        assertThat(seen(NOON).parts().getFirst().sentence()).isEqualTo("no\uFFFDpe \uFFFD");
        assertThat(views.parked()).isZero();
        assertThat(views.lag()).isZero();
    }

    private void happened(Event... events) {
        log.record(List.of(events), BY_ANN);
        views.take(log.read(views.position(), PostgresLog.MAX_EVENTS));
    }

    private ContainmentView seen(Instant now) {
        return views.containments().find(id(1), now).orElseThrow();
    }

    private List<String> listed(Which which) {
        return views.containments().list(which, 10, NOON).stream()
                .map(ContainmentView::id)
                .toList();
    }

    private static WorkloadName name(String text) {
        return WorkloadName.parse(text);
    }
}
