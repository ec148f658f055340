package dev.firebreak.hostagent.kernel;

import static dev.firebreak.hostagent.kernel.Denies.deny;
import static dev.firebreak.hostagent.kernel.Denies.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Held;
import dev.firebreak.hostagent.deny.Subject;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A deny follows the workload's name: absent, appearing, made anew, and into other network
/// namespaces.
@KernelTest
class FollowKernelTest {

    private static final int P = 17_401;

    private static TwoCells cells;

    @BeforeAll
    static void serve() {
        cells = new TwoCells();
        cells.b.does("listen 0.0.0.0 " + P);
    }

    @AfterEach
    void release() {
        cells.release();
    }

    @AfterAll
    static void end() {
        cells.close();
    }

    @Test
    void a_cgroup_made_anew_under_its_name_does_not_escape() {
        Path path = cells.top.resolve("again");
        Subject subject = Denies.cgroup(cells.mount, path);
        Deny deny = deny("d", subject, Direction.BOTH, "127.0.0.1", tcp(P));
        try (Cell first = Cell.start(path)) {
            assertThat(cells.enforcer().put(deny).state()).isEqualTo(Held.State.HELD);
            assertThat(first.does("connect x 127.0.0.1 " + P))
                    .startsWith("Operation not permitted");
        }
        assertThat(cells.enforcer().follow()).containsExactly("d");
        assertThat(cells.enforcer().observe())
                .singleElement()
                .extracting(Held::state)
                .isEqualTo(Held.State.WAITING);

        try (Cell second = Cell.start(path)) {
            assertThat(second.does("connect early 127.0.0.1 " + P)).startsWith("ok");
            assertThat(cells.enforcer().follow()).containsExactly("d");
            var ended = cells.enforcer().endSessions(List.of(deny)).get("d");

            assertThat(ended).isEqualTo(new Sessions.Ended(1, 0));
            assertThat(second.does("connect x 127.0.0.1 " + P))
                    .startsWith("Operation not permitted");
            assertThat(cells.enforcer().observe())
                    .singleElement()
                    .extracting(Held::state)
                    .isEqualTo(Held.State.HELD);
        }
    }

    @Test
    void nothing_changed_is_nothing_to_do() {
        cells.enforcer().put(deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P)));

        assertThat(cells.enforcer().follow()).isEmpty();
    }

    @Test
    void a_deny_below_an_absent_parent_waits() {
        var nowhere = new Subject.Cgroup("/no-such-slice/no-such.service");

        Held held = cells.enforcer().put(deny("d", nowhere, Direction.BOTH, "127.0.0.1", tcp(P)));

        assertThat(held.state()).isEqualTo(Held.State.WAITING);
        assertThat(held.sentence()).contains("/no-such-slice/no-such.service");
    }

    @Test
    void one_who_is_not_there_is_a_gap_and_keeps_no_other_one_waiting() {
        Path path = cells.top.resolve("late");
        Subject late = Denies.cgroup(cells.mount, path);
        Deny deny = deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P));

        Held held = cells.enforcer().put(deny.of(List.of(late, cells.subjectA())));

        assertThat(held.state()).isEqualTo(Held.State.HELD);
        assertThat(held.gaps())
                .singleElement()
                .satisfies(gap -> {
                    assertThat(gap.subject()).isEqualTo(late.path());
                    assertThat(gap.code()).isEqualTo("cgroup-absent");
                });
        assertThat(cells.a.does("connect x 127.0.0.1 " + P)).startsWith("Operation not permitted");
        try (Cell there = Cell.start(path)) {
            assertThat(cells.enforcer().follow()).containsExactly("d");
            assertThat(cells.enforcer().observe())
                    .singleElement()
                    .satisfies(now -> assertThat(now.gaps()).isEmpty());
            assertThat(there.does("connect x 127.0.0.1 " + P))
                    .startsWith("Operation not permitted");
        }
    }

    @Test
    void a_session_in_another_network_namespace_is_ended_too() {
        Path path = cells.top.resolve("elsewhere");
        try (Cell elsewhere =
                Cell.start(
                        path,
                        "unshare",
                        "-n",
                        "--",
                        "sh",
                        "-c",
                        "ip link set lo up; exec \"$0\" \"$@\"")) {
            elsewhere.does("listen 127.0.0.1 " + P);
            assertThat(elsewhere.does("connect s 127.0.0.1 " + P)).startsWith("ok");
            Deny deny =
                    deny(
                            "d",
                            Denies.cgroup(cells.mount, path),
                            Direction.BOTH,
                            "127.0.0.1",
                            tcp(P));

            var ended = cells.contain(deny);

            // Both ends live in the subject; the reset of the first may end the second.
            assertThat(ended.destroyed()).isBetween(1, 2);
            assertThat(ended.surviving()).isZero();
            assertThat(elsewhere.does("echo s"))
                    .containsAnyOf("connection abort", "Connection reset");
            assertThat(elsewhere.does("connect t 127.0.0.1 " + P))
                    .startsWith("Operation not permitted");
        }
    }
}
