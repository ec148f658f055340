package dev.firebreak.hostagent.deny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DenyTest {

    private static final Prefix PEER = Prefix.parse("203.0.113.7");

    @Test
    void both_directions_give_each_rule_two_views() {
        Deny deny = deny(Direction.BOTH, new PortRange(Protocol.TCP, 443, 443));

        assertThat(deny.entries())
                .extracting(Entry::view)
                .containsExactly(View.OPENED, View.SERVED);
        assertThat(deny.entriesOfOne()).isEqualTo(2);
    }

    @Test
    void no_peers_and_no_ports_mean_everyone_and_everything() {
        var deny =
                new Deny(
                        "d",
                        Duration.ofMinutes(1),
                        List.of(new Subject.Host()),
                        Direction.BOTH,
                        List.of(),
                        List.of());

        assertThat(deny.peers()).containsExactly(Prefix.EVERYONE);
        assertThat(deny.ports()).containsExactly(PortRange.EVERYTHING);
        assertThat(deny.whole()).isTrue();
    }

    @Test
    void a_session_is_covered_by_its_service_port() {
        Deny egress = deny(Direction.EGRESS, new PortRange(Protocol.TCP, 443, 443));

        assertThat(egress.covers(session(Protocol.TCP, 50_000, 443, View.OPENED))).isTrue();
        assertThat(egress.covers(session(Protocol.TCP, 443, 50_000, View.SERVED))).isFalse();
        assertThat(egress.covers(session(Protocol.UDP, 50_000, 443, View.OPENED))).isFalse();
    }

    @Test
    void a_wide_range_asks_who_opened() {
        Deny egress = deny(Direction.EGRESS, new PortRange(Protocol.TCP, 1, 65535));

        assertThat(egress.covers(session(Protocol.TCP, 50_000, 443, View.OPENED))).isTrue();
        assertThat(egress.covers(session(Protocol.TCP, 80, 50_000, View.SERVED))).isFalse();
    }

    @Test
    void a_one_way_deny_of_everything_says_that_datagrams_have_no_opener() {
        assertThat(deny(Direction.EGRESS, PortRange.EVERYTHING).caveats()).hasSize(1);
        assertThat(deny(Direction.BOTH, PortRange.EVERYTHING).caveats()).isEmpty();
        assertThat(deny(Direction.EGRESS, new PortRange(Protocol.UDP, 53, 53)).caveats()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "/", "/a/", "//a", "/a//b", "/a/../b", "/.", "/a\nb"})
    void a_path_that_could_mean_another_cgroup_is_refused(String path) {
        assertThatThrownBy(() -> new Subject.Cgroup(path)).isInstanceOf(Malformed.class);
    }

    @Test
    void a_cgroup_contains_what_is_below_it_and_nothing_that_only_begins_alike() {
        var web = new Subject.Cgroup("/web");

        assertThat(web.contains(new Subject.Cgroup("/web/child"))).isTrue();
        assertThat(web.contains(new Subject.Cgroup("/website"))).isFalse();
        assertThat(new Subject.Host().contains(web)).isTrue();
    }

    private static Deny deny(Direction direction, PortRange range) {
        return new Deny(
                "d",
                Duration.ofMinutes(1),
                List.of(new Subject.Host()),
                direction,
                List.of(PEER),
                List.of(range));
    }

    private static Session session(Protocol protocol, int local, int remote, View opened) {
        Optional<View> known = protocol == Protocol.TCP ? Optional.of(opened) : Optional.empty();
        return new Session(protocol, PEER, local, remote, known);
    }
}
