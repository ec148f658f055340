package dev.firebreak.hostagent.kernel;

import static dev.firebreak.hostagent.kernel.Denies.deny;
import static dev.firebreak.hostagent.kernel.Denies.tcp;
import static dev.firebreak.hostagent.kernel.Denies.udp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Flow;
import dev.firebreak.hostagent.deny.Held;
import dev.firebreak.hostagent.deny.NeverDeny;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Denies that meet, lifelines that run through them, limits, and what is counted.
@KernelTest
class SharedRulesKernelTest {

    private static final int P = 17_301;
    private static final int Q = 17_302;
    private static final int U = 17_303;

    private static TwoCells cells;

    @BeforeAll
    static void serve() {
        cells = new TwoCells();
        cells.b.does("listen 0.0.0.0 " + P);
        cells.b.does("listen 0.0.0.0 " + Q);
        cells.b.does("serve-udp 0.0.0.0 " + U);
    }

    @AfterEach
    void release() {
        cells.release();
        cells.a.does("hang-up");
    }

    @AfterAll
    static void end() {
        cells.close();
    }

    @Test
    void the_last_release_of_two_equal_denies_opens() {
        cells.enforcer().put(deny("one", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P)));
        cells.enforcer().put(deny("two", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P)));

        cells.enforcer().drop("one");
        assertThat(connect(P)).startsWith("Operation not permitted");
        cells.enforcer().drop("two");
        assertThat(connect(P)).startsWith("ok");
    }

    @Test
    void a_narrow_deny_does_not_hide_a_broad_one() {
        cells.enforcer()
                .put(deny("broad", cells.subjectA(), Direction.BOTH, "127.0.0.0/8", tcp(P)));
        cells.enforcer().put(deny("narrow", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(Q)));

        assertThat(connect(P)).startsWith("Operation not permitted");
        assertThat(connect(Q)).startsWith("Operation not permitted");
    }

    @Test
    void a_put_of_the_same_id_shortens_and_lengthens() {
        Deny deny = deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P));
        cells.enforcer().put(deny);
        cells.enforcer().put(deny.lasting(Duration.ofMillis(30)));
        long expiry = cells.enforcer().expiry("d").orElseThrow();
        BootWait.until(expiry + Duration.ofMillis(2).toNanos());

        assertThat(connect(P)).startsWith("ok");
        cells.enforcer().put(deny);
        assertThat(connect(P)).startsWith("Operation not permitted");
        assertThat(cells.enforcer().tidy()).isEmpty();
    }

    @Test
    void new_rules_for_a_held_deny_never_open_in_between() throws InterruptedException {
        Deny wide = deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.0/8", tcp(P));
        Deny tight = deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P));
        cells.enforcer().put(wide);
        Thread replacing =
                Thread.ofPlatform()
                        .start(() -> {
                            for (int i = 0; i < 500; i++) {
                                cells.enforcer().put(i % 2 == 0 ? tight : wide);
                                cells.enforcer().tidy();
                            }
                        });
        List<String> answers = new ArrayList<>();
        while (replacing.isAlive()) {
            answers.add(connect(P));
        }
        replacing.join();

        assertThat(answers).isNotEmpty().allMatch(a -> a.startsWith("Operation not permitted"));
    }

    @Test
    void a_lifeline_that_somebody_took_away_is_put_back() {
        cells.reopen(List.of(NeverDeny.parse("127.0.0.1 " + P + "/tcp")), Remembered.NOTHING);
        cells.enforcer().put(deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.0/8"));
        Saboteur.wipe(cells.placement(), "lifelines");
        assertThat(connect(P)).startsWith("Operation not permitted");

        var repaired = cells.enforcer().repair();

        assertThat(repaired).isEqualTo(new Repaired(1, List.of()));
        assertThat(connect(P)).startsWith("ok");
        assertThat(cells.enforcer().repair().any()).isFalse();
        cells.reopen(List.of(), Remembered.NOTHING);
    }

    @Test
    void a_lifeline_stays_open_through_a_broad_deny() {
        cells.reopen(List.of(NeverDeny.parse("127.0.0.1 " + P + "/tcp")), Remembered.NOTHING);
        assertThat(cells.a.does("connect live 127.0.0.1 " + P)).startsWith("ok");

        var ended = cells.contain(deny("d", cells.subjectA(), Direction.BOTH, ""));

        assertThat(ended.surviving()).isZero();
        assertThat(cells.a.does("echo live")).startsWith("ok");
        assertThat(connect(P)).startsWith("ok");
        assertThat(connect(Q)).startsWith("Operation not permitted");
        cells.reopen(List.of(), Remembered.NOTHING);
    }

    @Test
    void a_ninth_deny_on_one_key_is_refused_clearly() {
        for (int i = 0; i < 8; i++) {
            assertThat(put("same-" + i, "127.0.0.1", P).state()).isEqualTo(Held.State.HELD);
        }

        Held ninth = put("same-8", "127.0.0.1", P);

        assertThat(ninth.code()).isEqualTo("too-many-overlaps");
        assertThat(ninth.sentence()).contains("127.0.0.1");
    }

    @Test
    void a_seventeenth_prefix_length_is_refused_clearly_and_changes_nothing() {
        for (int length = 8; length < 24; length++) {
            assertThat(put("l" + length, "127.0.0.0/" + length, P).state())
                    .isEqualTo(Held.State.HELD);
        }
        long rules = cells.enforcer().usage().rules();

        Held more = put("l24", "127.0.0.0/24", P);

        assertThat(more.code()).isEqualTo("too-many-shapes");
        assertThat(cells.enforcer().usage().rules()).isEqualTo(rules);
    }

    @Test
    void the_kernels_count_is_what_is_reported_plus_what_is_lost() {
        cells.enforcer().drainFlows();
        cells.enforcer().drainFlows();
        long before = cells.enforcer().deniedPackets();
        cells.enforcer()
                .put(deny("t", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P), udp(U)));

        for (int i = 0; i < 5; i++) {
            connect(P);
        }
        cells.a.does("udp 127.0.0.1 " + U + " 7");
        List<Flow> flows = new ArrayList<>(cells.enforcer().drainFlows());
        flows.addAll(cells.enforcer().drainFlows());

        assertThat(flows).hasSize(2);
        assertThat(flows).allMatch(f -> f.deny().equals("t") && f.view() == View.OPENED);
        assertThat(flows).extracting(Flow::peer).containsOnly(Prefix.parse("127.0.0.1"));
        assertThat(flows).extracting(Flow::servicePort).containsExactlyInAnyOrder(P, U);
        assertThat(flows).extracting(Flow::packets).containsExactlyInAnyOrder(5L, 7L);
        long reported = flows.stream().mapToLong(Flow::packets).sum();
        assertThat(cells.enforcer().deniedPackets() - before)
                .isEqualTo(reported + cells.enforcer().drainLost());
    }

    @Test
    void replies_are_counted_under_the_service_port() {
        assertThat(cells.a.does("connect s 127.0.0.1 " + P)).startsWith("ok");
        cells.enforcer().drainFlows();
        cells.enforcer().drainFlows();
        cells.enforcer().put(deny("r", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P)));

        cells.a.does("echo s");
        List<Flow> flows = new ArrayList<>(cells.enforcer().drainFlows());
        flows.addAll(cells.enforcer().drainFlows());

        assertThat(flows).singleElement().extracting(Flow::servicePort).isEqualTo(P);
    }

    @Test
    void packets_beyond_the_flow_table_are_declared_lost() {
        cells.enforcer().drainFlows();
        cells.enforcer().drainFlows();
        cells.enforcer().drainLost();
        long before = cells.enforcer().deniedPackets();
        cells.enforcer()
                .put(deny("many", cells.subjectA(), Direction.BOTH, "127.64.0.0/10", tcp(P)));

        cells.a.does("scan 20000 " + P);
        List<Flow> flows = new ArrayList<>(cells.enforcer().drainFlows());
        flows.addAll(cells.enforcer().drainFlows());
        long lost = cells.enforcer().drainLost();

        assertThat(lost).isPositive();
        assertThat(flows.stream().mapToLong(Flow::packets).sum() + lost).isEqualTo(20_000);
        assertThat(cells.enforcer().deniedPackets() - before).isEqualTo(20_000);
    }

    private static Held put(String id, String peer, int port) {
        return cells.enforcer().put(deny(id, cells.subjectA(), Direction.EGRESS, peer, tcp(port)));
    }

    private static String connect(int port) {
        return cells.a.does("connect x 127.0.0.1 " + port);
    }
}
