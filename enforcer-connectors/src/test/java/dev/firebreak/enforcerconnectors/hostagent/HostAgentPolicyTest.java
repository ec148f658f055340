package dev.firebreak.enforcerconnectors.hostagent;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.enforcerconnectors.enforcer.Denies;
import dev.firebreak.enforcerconnectors.hostagent.ServiceFrame.PortSpan;
import dev.firebreak.enforcerconnectors.hostagent.ServiceFrame.Whom;
import dev.firebreak.enforcerconnectors.hostagent.Translation.Expressed;
import dev.firebreak.enforcerconnectors.hostagent.Translation.Inexpressible;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.segmentation.DesiredDeny;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostAgentPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-23T03:00:00Z");
    private static final Instant END = NOW.plus(Duration.ofMinutes(30));

    @Test
    void a_cgroup_towards_a_block_and_a_port_keeps_every_word() {
        var translated = HostAgentPolicy.translate(Denies.deny(1, END), NOW);

        assertThat(translated)
                .isEqualTo(
                        new Expressed(
                                new ServiceFrame.Deny(
                                        "C-0000001",
                                        1_800_000,
                                        List.of(new Whom(null, "/payments/checkout")),
                                        "both",
                                        List.of("203.0.113.0/24"),
                                        List.of(new PortSpan("tcp", 443, 443)))));
    }

    @Test
    void a_whole_host_towards_everyone_on_every_port_is_said_by_empty_lists() {
        var deny = deny(List.of(new Subject.WholeHost()), List.of(), Ports.ALL, END);

        var said = ((Expressed) HostAgentPolicy.translate(deny, NOW)).deny();

        assertThat(said.subjects()).containsExactly(new Whom(true, null));
        assertThat(said.peers()).isEmpty();
        assertThat(said.ports()).isEmpty();
        assertThat(said.direction()).isEqualTo("egress");
    }

    @Test
    void ranges_and_protocols_are_kept_apart() {
        var deny =
                deny(
                        List.of(new Subject.WholeHost()),
                        List.of(),
                        Ports.parse("8000-8099/udp,icmp,443"),
                        END);

        assertThat(((Expressed) HostAgentPolicy.translate(deny, NOW)).deny().ports())
                .containsExactlyInAnyOrder(
                        new PortSpan("tcp", 443, 443),
                        new PortSpan("udp", 443, 443),
                        new PortSpan("udp", 8000, 8099),
                        new PortSpan("icmp", 0, 65_535));
    }

    @Test
    void the_time_that_remains_is_rounded_up_and_never_down() {
        var deny = Denies.deny(1, NOW.plusNanos(1));

        assertThat(((Expressed) HostAgentPolicy.translate(deny, NOW)).deny().remainingMillis())
                .isEqualTo(1);
    }

    @Test
    void what_is_over_is_not_sent() {
        assertThat(refusal(Denies.deny(1, NOW))).isEqualTo("already-over");
    }

    @Test
    void an_allow_is_refused_and_never_turned_into_a_deny() {
        assertThat(refusal(Denies.allow(1, END))).isEqualTo("not-a-deny");
    }

    @Test
    void a_deny_of_nobody_is_not_a_deny_of_everybody() {
        assertThat(refusal(deny(List.of(), List.of(), Ports.ALL, END))).isEqualTo("no-subject");
    }

    @Test
    void what_would_not_fit_one_frame_is_refused_whole() {
        var peers = nCopies(HostAgentPolicy.MAX_PARTS + 1, CidrBlock.parse("10.0.0.0/8"));
        var deny = deny(List.of(new Subject.WholeHost()), peers, Ports.ALL, END);

        assertThat(refusal(deny)).isEqualTo("too-large");
    }

    @Test
    void the_largest_deny_that_is_sent_fits_one_frame() {
        var longest = CidrBlock.parse("2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff/128");
        var peers = nCopies(HostAgentPolicy.MAX_PARTS - 1, longest);
        var deny = deny(List.of(new Subject.WholeHost()), peers, Ports.ALL, END);

        var said = ((Expressed) HostAgentPolicy.translate(deny, NOW)).deny();
        var frame =
                new ServiceFrame.Plan(
                        1, 1, true, 1, 0, List.of(said), List.of(), new Moment("c", 1));

        assertThat(new Wire().write(frame).length()).isLessThan(Wire.MAX_FRAME_BYTES);
    }

    private static String refusal(DesiredDeny deny) {
        var no = (Inexpressible) HostAgentPolicy.translate(deny, NOW);
        assertThat(no.sentence()).endsWith(".");
        return no.code();
    }

    private static DesiredDeny deny(
            List<Subject> subjects, List<CidrBlock> peers, Ports ports, Instant end) {
        return new DesiredDeny(
                Denies.containment(1), Effect.DENY, subjects, Direction.EGRESS, peers, ports, end);
    }
}
