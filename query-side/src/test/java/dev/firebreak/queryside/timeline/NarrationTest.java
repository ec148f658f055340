package dev.firebreak.queryside.timeline;

import static dev.firebreak.queryside.Happenings.ANN;
import static dev.firebreak.queryside.Happenings.END;
import static dev.firebreak.queryside.Happenings.NOON;
import static dev.firebreak.queryside.Happenings.denied;
import static dev.firebreak.queryside.Happenings.host;
import static dev.firebreak.queryside.Happenings.id;
import static dev.firebreak.queryside.Happenings.requested;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ApprovalRequired;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.Contained;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainedExcept;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentApproved;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentDeclined;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.containment.Decline;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerSilent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.TamperingRepaired;
import dev.firebreak.eventlog.event.flow.DeniedFlow;
import dev.firebreak.eventlog.event.flow.FlowEvent.DeniedFlowsSeen;
import dev.firebreak.eventlog.event.responder.ResponderEvent.RoleChanged;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.Sessions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NarrationTest {
    private static final ResponderName BOB = new ResponderName("bob");

    static Stream<Arguments> sentences() {
        var plan = requested(id(1)).plan().hash();
        return Stream.of(
                Arguments.of(
                        new ApprovalRequired(id(1), plan, "it reaches 9 workloads", END, NOON),
                        "A second person has to agree by 2026-11-23 12:30:00 UTC: it reaches 9"
                                + " workloads."),
                Arguments.of(
                        new ContainmentApproved(id(1), plan, BOB, NOON),
                        "bob approved plan %s.".formatted(plan.value().substring(0, 12))),
                Arguments.of(
                        new ContainmentDeclined(id(1), Decline.REFUSED, "too wide!", BOB, NOON),
                        "bob declined it: too wide!"),
                Arguments.of(
                        new ContainmentDeclined(id(1), Decline.LAPSED, "", ANN, NOON),
                        "Nobody approved it in time; it will not happen."),
                Arguments.of(
                        new ContainmentReleased(id(1), ReleaseCause.EXPIRY, "", ANN, NOON),
                        "Its time was over; it was released."),
                Arguments.of(
                        new EnforcementReported(id(1), List.of(report()), NOON),
                        "host/web-1 held: read back. Sessions ended: 2, still open: 1."),
                Arguments.of(
                        new Contained(id(1), List.of(host("a")), List.of(), NOON),
                        "Contained: every part is in force and was read back; probed and refused on"
                                + " host/a."),
                Arguments.of(
                        new Contained(
                                id(1), List.of(), List.of(new Gap("shop/x", "it is away")), NOON),
                        "Contained except what its plan could not cover (shop/x, because it is"
                                + " away): every part is in force and was read back."),
                Arguments.of(
                        new ContainedExcept(id(1), List.of(host("a"), host("b")), NOON),
                        "Every part was looked at; not in force, or not for everybody, on host/a, host/b."),
                Arguments.of(
                        new EnforcerSilent(host("a"), NOON, END),
                        "host/a went silent; it was last heard at 2026-11-23 12:00:00 UTC, and what"
                                + " it holds now is unknown."),
                Arguments.of(
                        new RoleChanged(BOB, Role.APPROVER, ANN, NOON),
                        "ann made bob an approver."),
                Arguments.of(
                        new CommandRefused(
                                "ExtendContainment",
                                "containment/C-1",
                                "by 4h",
                                "x",
                                "No",
                                BOB,
                                2,
                                NOON),
                        "bob tried to extend containment C-1 by 4h and was refused: No. (2 refusals"
                                + " before it were over the budget and are only counted)"),
                Arguments.of(
                        new CommandRefused(
                                "IssueToken", "responder/ann", "", "x", "No", BOB, 0, NOON),
                        "bob tried to issue token of responder/ann and was refused: No."),
                Arguments.of(
                        new TamperingRepaired(host("a"), 3, 1, List.of(id(1)), NOON),
                        "Somebody with root rights on host/a had changed what the kernel holds for"
                                + " it, behind its back (differences: 3), and host/a put it right."
                                + " Until then, since it last looked (every 10 s while it runs),"
                                + " denies may not have held: 1."),
                Arguments.of(
                        denied("a", 1, id(1), "f", 5),
                        "host/a denied 5 packets in 1 flow of C-0000001: to 203.0.113.9:443/tcp 5 times;"
                                + " and 3 packets that it could not tell apart."),
                Arguments.of(
                        seen(0, flow(1, Direction.EGRESS, "2001:db8::9", 53, "udp", 1)),
                        "host/a denied 1 packet in 1 flow of C-0000001: to [2001:db8::9]:53/udp"
                                + " once."),
                Arguments.of(
                        seen(
                                0,
                                flow(1, Direction.INGRESS, "10.0.0.7", 443, "tcp", 2),
                                flow(2, Direction.EGRESS, "10.0.0.8", 0, "icmp", 4)),
                        "host/a denied 2 packets in 1 flow of C-0000001: from 10.0.0.7 to port"
                                + " 443/tcp 2 times; 4 packets in 1 flow of C-0000002: to 10.0.0.8"
                                + " by icmp 4 times."),
                Arguments.of(seen(1), "host/a denied 1 packet that it could not tell apart."));
    }

    @ParameterizedTest
    @MethodSource("sentences")
    void every_event_is_a_sentence(Event event, String sentence) {
        assertThat(Narration.sentence(event)).isEqualTo(sentence);
    }

    @Test
    void a_flow_that_was_counted_twice_is_one_and_the_busiest_of_many_are_named() {
        var again = flow(1, Direction.EGRESS, "10.0.0.3", 443, "tcp", 7);
        var flows = new ArrayList<>(List.of(again));
        for (var i = 0; i < 9; i++) {
            flows.add(flow(1, Direction.EGRESS, "10.0.0." + i, 443, "tcp", i + 1));
        }

        assertThat(Narration.sentence(seen(0, flows.toArray(new DeniedFlow[0]))))
                .isEqualTo(
                        "host/a denied 52 packets in 9 flows of C-0000001: to 10.0.0.3:443/tcp 11"
                                + " times, to 10.0.0.8:443/tcp 9 times, to 10.0.0.7:443/tcp 8"
                                + " times, to 10.0.0.6:443/tcp 7 times, to 10.0.0.5:443/tcp 6"
                                + " times and 4 more flows.");
    }

    @Test
    void a_thousand_containments_do_not_make_a_long_sentence() {
        var flows =
                IntStream.range(0, 1_000)
                        .mapToObj(i -> flow(i, Direction.EGRESS, "10.0.0.1", 443, "tcp", 1))
                        .toArray(DeniedFlow[]::new);

        assertThat(Narration.sentence(seen(0, flows)))
                .hasSizeLessThan(500)
                .endsWith("; and what 995 more containments deny.");
    }

    private static DeniedFlowsSeen seen(long lost, DeniedFlow... flows) {
        return new DeniedFlowsSeen(host("a"), "boot-1", 1, List.of(flows), lost, NOON);
    }

    private static DeniedFlow flow(
            int containment, Direction way, String peer, int port, String protocol, long packets) {
        return new DeniedFlow(
                id(containment), way, protocol, peer, port, packets, 0, NOON, NOON, "f");
    }

    @Test
    void spans_are_cut_off_and_never_rounded_up() {
        assertThat(Times.span(Duration.ofSeconds(119))).isEqualTo("119 s");
        assertThat(Times.span(Duration.ofSeconds(179))).isEqualTo("2 min");
        assertThat(Times.span(Duration.ofMinutes(125))).isEqualTo("2 h 5 min");
        assertThat(Times.span(Duration.ofSeconds(-5))).isEqualTo("0 s");
    }

    @Test
    void a_time_on_another_day_is_told_with_its_date() {
        assertThat(Times.time(END, NOON)).isEqualTo("12:30 UTC");
        assertThat(Times.time(END, NOON.minusSeconds(86_400))).isEqualTo("2026-11-23 12:30 UTC");
    }

    private static PartReport report() {
        return new PartReport(
                host("web-1"),
                1,
                PartState.HELD,
                "read back",
                List.of(),
                List.of(),
                new Sessions(2, 1),
                NOON);
    }
}
