package dev.firebreak.hostagent.kernel;

import static dev.firebreak.hostagent.kernel.Denies.deny;
import static dev.firebreak.hostagent.kernel.Denies.tcp;
import static dev.firebreak.hostagent.kernel.Denies.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Held;
import dev.firebreak.hostagent.deny.PortRange;
import dev.firebreak.hostagent.deny.Protocol;
import dev.firebreak.hostagent.deny.Subject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Contain A, and look at what A, B and others can still do.
@KernelTest
class ContainKernelTest {

    private static final int P = 17_001;
    private static final int Q = 17_002;
    private static final int U = 17_003;
    private static final int OWN = 17_004;

    private static TwoCells cells;

    @BeforeAll
    static void serve() {
        cells = new TwoCells();
        for (String service :
                new String[] {"listen 0.0.0.0 " + P, "listen :: " + Q, "serve-udp 0.0.0.0 " + U}) {
            assertThat(cells.b.does(service)).startsWith("ok");
        }
        assertThat(cells.a.does("listen 0.0.0.0 " + OWN)).startsWith("ok");
    }

    @AfterEach
    void release() {
        cells.release();
        cells.a.does("hang-up");
        cells.b.does("hang-up");
    }

    @AfterAll
    static void end() {
        cells.close();
    }

    @Test
    void a_new_connect_gets_eperm_at_once_and_the_live_session_is_dead() {
        assertThat(cells.a.does("connect live 127.0.0.1 " + P)).startsWith("ok");
        assertThat(cells.a.does("echo live")).startsWith("ok");

        var ended = cells.contain(deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P)));

        assertThat(ended).isEqualTo(new Sessions.Ended(1, 0));
        assertThat(cells.a.does("connect new 127.0.0.1 " + P))
                .startsWith("Operation not permitted");
        assertThat(cells.a.does("echo live")).startsWith("Software caused connection abort");
    }

    @Test
    void the_peer_of_an_ended_session_sees_a_reset() {
        assertThat(cells.b.does("connect back 127.0.0.1 " + OWN)).startsWith("ok");
        assertThat(cells.b.does("echo back")).startsWith("ok");

        var ended =
                cells.contain(
                        deny("d", cells.subjectA(), Direction.INGRESS, "127.0.0.1", tcp(OWN)));

        assertThat(ended.destroyed()).isEqualTo(1);
        assertThat(cells.b.does("read back")).startsWith("Connection reset");
    }

    @Test
    void other_ports_other_workloads_and_other_families_go_on() {
        cells.contain(deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P)));

        assertThat(cells.a.does("connect q 127.0.0.1 " + Q)).startsWith("ok");
        assertThat(cells.a.does("echo q")).startsWith("ok");
        assertThat(cells.a.does("connect six ::1 " + Q)).startsWith("ok");
        assertThat(cells.b.does("connect own 127.0.0.1 " + P)).startsWith("ok");
        assertThat(cells.a.does("udp 127.0.0.1 " + U + " 1")).startsWith("ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.0/24", "0.0.0.0/0", ""})
    void a_prefix_cuts_every_address_in_it(String peer) {
        cells.contain(deny("d", cells.subjectA(), Direction.BOTH, peer, tcp(P)));

        assertThat(cells.a.does("connect x 127.0.0.1 " + P)).startsWith("Operation not permitted");
        assertThat(cells.a.does("connect y 127.0.0.1 " + Q)).startsWith("ok");
    }

    @Test
    void a_prefix_leaves_its_neighbours() {
        cells.contain(deny("d", cells.subjectA(), Direction.BOTH, "127.0.1.0/24", tcp(P)));

        assertThat(cells.a.does("connect x 127.0.1.9 " + P)).startsWith("Operation not permitted");
        assertThat(cells.a.does("connect y 127.0.2.9 " + P)).startsWith("ok");
    }

    @Test
    void a_port_range_cuts_its_ports_and_no_other() {
        cells.contain(deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P - 50, P)));

        assertThat(cells.a.does("connect x 127.0.0.1 " + P)).startsWith("Operation not permitted");
        assertThat(cells.a.does("connect y 127.0.0.1 " + Q)).startsWith("ok");
    }

    @Test
    void a_v4_mapped_address_does_not_escape() {
        cells.contain(deny("d", cells.subjectA(), Direction.BOTH, "::ffff:127.0.0.1", tcp(P)));

        assertThat(cells.a.does("connect x ::ffff:127.0.0.1 " + P))
                .startsWith("Operation not permitted");
        assertThat(cells.a.does("connect x 127.0.0.1 " + P)).startsWith("Operation not permitted");
        assertThat(cells.a.does("connect x 0.0.0.0 " + P)).startsWith("Operation not permitted");
    }

    @Test
    void an_ipv6_peer_is_cut() {
        cells.contain(deny("d", cells.subjectA(), Direction.BOTH, "::1", tcp(Q)));

        assertThat(cells.a.does("connect six ::1 " + Q)).startsWith("Operation not permitted");
        assertThat(cells.a.does("connect four 127.0.0.1 " + Q)).startsWith("ok");
    }

    @Test
    void udp_is_cut_unconnected_and_connected() {
        assertThat(cells.a.does("connect-udp before 127.0.0.1 " + U)).startsWith("ok");
        assertThat(cells.a.does("echo-udp before")).startsWith("ok");

        var ended = cells.contain(deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", udp(U)));

        assertThat(ended.destroyed()).isEqualTo(1);
        assertThat(cells.a.does("udp 127.0.0.1 " + U + " 1")).startsWith("Operation not permitted");
        assertThat(cells.a.does("connect-udp after 127.0.0.1 " + U))
                .startsWith("Operation not permitted");
        assertThat(cells.a.does("echo-udp before")).doesNotStartWith("ok");
    }

    @Test
    void icmp_is_cut() {
        assertThat(cells.a.does("ping 127.0.0.1")).startsWith("ok");

        cells.contain(
                deny(
                        "d",
                        cells.subjectA(),
                        Direction.BOTH,
                        "127.0.0.1",
                        new PortRange(Protocol.ICMP, 0, 65535)));

        assertThat(cells.a.does("ping 127.0.0.1")).doesNotStartWith("ok");
        assertThat(cells.b.does("ping 127.0.0.1")).startsWith("ok");
    }

    @Test
    void ingress_cuts_what_comes_and_leaves_what_goes() {
        assertThat(cells.b.does("connect in 127.0.0.1 " + OWN)).startsWith("ok");

        cells.contain(deny("d", cells.subjectA(), Direction.INGRESS, "127.0.0.0/8"));

        assertThat(cells.b.does("connect again 127.0.0.1 " + OWN)).startsWith("Connect timed out");
        assertThat(cells.a.does("connect out 127.0.0.1 " + P)).startsWith("ok");
        assertThat(cells.a.does("echo out")).startsWith("ok");
    }

    @Test
    void egress_cuts_what_goes_and_leaves_what_comes() {
        assertThat(cells.b.does("connect in 127.0.0.1 " + OWN)).startsWith("ok");

        cells.contain(deny("d", cells.subjectA(), Direction.EGRESS, "127.0.0.0/8"));

        assertThat(cells.a.does("connect out 127.0.0.1 " + P))
                .startsWith("Operation not permitted");
        assertThat(cells.b.does("echo in")).startsWith("ok");
        assertThat(cells.b.does("connect again 127.0.0.1 " + OWN)).startsWith("ok");
        assertThat(cells.b.does("echo again")).startsWith("ok");
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void a_live_session_is_stalled_in_both_ways_by_the_packets_alone(Direction direction) {
        String name = "s" + direction;
        Cell opener = direction == Direction.INGRESS ? cells.b : cells.a;
        int port = direction == Direction.INGRESS ? OWN : P;
        assertThat(opener.does("connect " + name + " 127.0.0.1 " + port)).startsWith("ok");

        cells.enforcer().put(deny("d", cells.subjectA(), direction, "127.0.0.1", tcp(port)));

        assertThat(opener.does("echo " + name)).startsWith("silence");
        cells.release();
        assertThat(heardSoon(opener, name)).startsWith("ok");
    }

    /// TCP sends again after ever longer waits.
    private static String heardSoon(Cell cell, String name) {
        String heard = cell.does("read " + name);
        for (int i = 0; i < 10 && heard.startsWith("silence"); i++) {
            heard = cell.does("read " + name);
        }
        return heard;
    }

    @Test
    void a_parent_cgroup_cuts_its_children() {
        cells.contain(deny("d", cells.subjectTop(), Direction.BOTH, "127.0.0.1", tcp(P)));

        assertThat(cells.a.does("connect x 127.0.0.1 " + P)).startsWith("Operation not permitted");
        assertThat(cells.b.does("connect x 127.0.0.1 " + P)).startsWith("Operation not permitted");
    }

    @Test
    void the_whole_host_is_cut_together_with_a_workload_of_its_own() {
        cells.contain(deny("host", new Subject.Host(), Direction.BOTH, "127.0.0.9", tcp(P)));
        cells.contain(deny("own", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P)));

        assertThat(cells.a.does("connect x 127.0.0.9 " + P)).startsWith("Operation not permitted");
        assertThat(cells.a.does("connect x 127.0.0.1 " + P)).startsWith("Operation not permitted");
        assertThat(cells.b.does("connect x 127.0.0.9 " + P)).startsWith("Operation not permitted");
        assertThat(cells.b.does("connect x 127.0.0.1 " + P)).startsWith("ok");
    }

    @Test
    void after_release_all_is_as_before_and_nothing_is_left() {
        Held held =
                cells.enforcer()
                        .put(deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P)));
        assertThat(held.state()).isEqualTo(Held.State.HELD);

        cells.release();

        assertThat(cells.a.does("connect x 127.0.0.1 " + P)).startsWith("ok");
        assertThat(cells.a.does("echo x")).startsWith("ok");
        var usage = cells.enforcer().usage();
        assertThat(usage.rules()).isZero();
        assertThat(usage.subjects()).isZero();
    }
}
