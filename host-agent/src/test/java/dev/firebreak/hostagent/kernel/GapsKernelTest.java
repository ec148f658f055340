package dev.firebreak.hostagent.kernel;

import static dev.firebreak.hostagent.kernel.Denies.deny;
import static dev.firebreak.hostagent.kernel.Denies.tcp;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Gap;
import dev.firebreak.hostagent.deny.Held;
import dev.firebreak.hostagent.deny.Law;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Members that cannot be held, beside members that can.
@KernelTest
class GapsKernelTest {

    private static final int P = 17_311;
    private static final String LOOPBACK = "127.0.0.1";

    private static final Subject DEEP =
            new Subject.Cgroup("/1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16");

    private static TwoCells cells;

    @BeforeAll
    static void serve() {
        cells = new TwoCells();
        cells.b.does("listen 0.0.0.0 " + P);
    }

    @AfterEach
    void release() {
        cells.release();
        cells.enforcer().tidy();
    }

    @AfterAll
    static void end() {
        cells.close();
    }

    @Test
    void a_member_that_lies_too_deep_is_named_and_the_others_are_cut() {
        Held held = put("d", LOOPBACK, cells.subjectA(), DEEP);

        assertThat(held.state()).isEqualTo(Held.State.HELD);
        assertThat(held.gaps()).extracting(Gap::subject).containsExactly(DEEP.path());
        assertThat(held.gaps()).extracting(Gap::code).containsExactly("too-deep");
        assertThat(a()).startsWith("Operation not permitted");
    }

    @Test
    void a_deny_none_of_whose_members_can_be_held_is_refused_and_leaves_nothing() {
        long rules = cells.enforcer().usage().rules();

        Held held = put("d", LOOPBACK, DEEP);

        assertThat(held.code()).isEqualTo("too-deep");
        assertThat(held.sentence()).contains(DEEP.path());
        assertThat(cells.enforcer().holds("d")).isFalse();
        assertThat(cells.enforcer().usage().rules()).isEqualTo(rules);
    }

    @Test
    void a_new_end_reaches_the_others_when_somebody_joined_who_cannot_be_held() {
        Deny before = of("d", LOOPBACK, cells.subjectA()).lasting(Duration.ofMillis(50));
        cells.enforcer().put(before);

        put("d", LOOPBACK, cells.subjectA(), DEEP);
        BootWait.until(KernelEnforcer.bootNanos() + Duration.ofMillis(60).toNanos());

        assertThat(a()).startsWith("Operation not permitted");
        assertThat(cells.enforcer().tidy()).isEmpty();
    }

    @Test
    void a_member_whose_table_is_full_is_named_with_who_fills_it() {
        fillShapesOfA();

        Held held = put("d", "127.0.0.0/24", cells.subjectA(), cells.subjectB());

        assertThat(held.state()).isEqualTo(Held.State.HELD);
        assertThat(held.gaps()).extracting(Gap::code).containsExactly("too-many-shapes");
        assertThat(held.gaps().getFirst().sentence())
                .contains("l8, l9, l10, l11, l12 and 11 more")
                .contains("release one of them");
        assertThat(b()).startsWith("Operation not permitted");
    }

    @Test
    void room_that_somebody_leaves_is_taken_by_who_found_none() {
        fillShapesOfA();
        put("d", "127.0.0.0/24", cells.subjectA(), cells.subjectB());

        cells.enforcer().drop("l8");

        assertThat(cells.enforcer().fillGaps()).containsExactly("d");
        assertThat(observed("d").gaps()).isEmpty();
        assertThat(observed("d").entries()).isEqualTo(2);
        assertThat(cells.enforcer().fillGaps()).isEmpty();
    }

    @Test
    void what_is_held_of_a_member_stays_when_its_new_rules_find_no_room() {
        fillShapesOfA();
        cells.enforcer().drop("l8");
        put("d", LOOPBACK, cells.subjectA());
        var wider =
                new Deny(
                        "d",
                        Denies.LONG,
                        List.of(cells.subjectA()),
                        Direction.EGRESS,
                        List.of(Prefix.parse(LOOPBACK), Prefix.parse("192.0.2.0/25")),
                        List.of(tcp(P)));

        Held held = cells.enforcer().put(wider);
        cells.enforcer().ids().stream()
                .filter(id -> !id.equals("d"))
                .forEach(cells.enforcer()::drop);

        assertThat(held.gaps()).extracting(Gap::code).containsExactly("too-many-shapes");
        assertThat(held.entries()).isEqualTo(1);
        assertThat(a()).startsWith("Operation not permitted");
    }

    @Test
    void one_of_eight_that_meet_takes_a_new_member_in() {
        for (int i = 0; i < 8; i++) {
            put("same-" + i, LOOPBACK, cells.subjectA());
        }

        Held held = put("same-3", LOOPBACK, cells.subjectA(), cells.subjectB());
        for (int i = 0; i < 8; i++) {
            cells.enforcer().drop(i == 3 ? "none" : "same-" + i);
        }

        assertThat(held.gaps()).isEmpty();
        assertThat(a()).startsWith("Operation not permitted");
        assertThat(b()).startsWith("Operation not permitted");
    }

    @Test
    void a_ninth_that_meets_them_names_them() {
        for (int i = 0; i < 8; i++) {
            put("same-" + i, LOOPBACK, cells.subjectA());
        }

        Held ninth = put("same-8", LOOPBACK, cells.subjectA());

        assertThat(ninth.code()).isEqualTo("too-many-overlaps");
        assertThat(ninth.sentence())
                .contains("same-0, same-1, same-2, same-3, same-4 and 3 more")
                .contains("release one of them");
    }

    @Test
    void a_restart_takes_over_who_is_held_and_who_is_not() {
        fillShapesOfA();
        Deny both = of("d", "127.0.0.0/24", cells.subjectA(), cells.subjectB());
        cells.enforcer().put(both);
        long rules = cells.enforcer().usage().rules();

        // It would find room first if it were put anew in this order.
        cells.reopen(List.of(), remembered(both));

        assertThat(observed("d").gaps()).extracting(Gap::code).containsExactly("too-many-shapes");
        assertThat(cells.enforcer().usage().rules()).isEqualTo(rules);
        assertThat(cells.enforcer().observe()).allMatch(held -> held.code().equals("held"));
        assertThat(b()).startsWith("Operation not permitted");
    }

    @Test
    void the_law_on_entries_leaves_out_whom_it_has_no_room_for() {
        cells.reopen(new Law(Law.USUAL_MAX_TTL, 1, List.of()), Remembered.NOTHING);

        Held held = put("d", LOOPBACK, cells.subjectA(), cells.subjectB());

        assertThat(held.gaps()).extracting(Gap::code).containsExactly("too-many-entries");
        assertThat(held.entries()).isEqualTo(1);
        cells.reopen(Law.usual(), Remembered.NOTHING);
    }

    @Test
    void more_peers_than_one_deny_may_have_leave_the_old_ones_cut_and_the_new_end_in_force() {
        Deny before = of("d", LOOPBACK, cells.subjectA()).lasting(Duration.ofMillis(50));
        cells.enforcer().put(before);
        List<Prefix> peers =
                Stream.concat(
                                Stream.of(Prefix.parse(LOOPBACK)),
                                IntStream.range(0, 9_000)
                                        .mapToObj(i ->
                                                Prefix.parse("10.1." + i / 250 + "." + i % 250)))
                        .toList();
        var wide =
                new Deny(
                        "d",
                        Denies.LONG,
                        List.of(cells.subjectA()),
                        Direction.EGRESS,
                        peers,
                        List.of(tcp(P)));

        Held held = cells.enforcer().put(wide);
        BootWait.until(KernelEnforcer.bootNanos() + Duration.ofMillis(60).toNanos());

        assertThat(held.gaps()).extracting(Gap::code).containsExactly("too-many-entries");
        assertThat(a()).startsWith("Operation not permitted");
        assertThat(cells.enforcer().put(of("e", LOOPBACK, cells.subjectB())).gaps()).isEmpty();
    }

    /// Every kind of prefix length that A has room for.
    private static void fillShapesOfA() {
        for (int length = 8; length < 24; length++) {
            Held held = put("l" + length, "10.0.0.0/" + length, cells.subjectA());
            assertThat(held.state()).isEqualTo(Held.State.HELD);
        }
    }

    private static Remembered remembered(Deny first) {
        Stream<Deny> others =
                Stream.iterate(8, length -> length + 1)
                        .limit(16)
                        .map(length -> of("l" + length, "10.0.0.0/" + length, cells.subjectA()));
        long end = KernelEnforcer.bootNanos() + Denies.LONG.toNanos();
        return new Remembered(
                Stream.concat(Stream.of(first), others)
                        .map(each -> new Remembered.Until(each, end))
                        .toList(),
                Set.of(),
                1);
    }

    private static Held put(String id, String peer, Subject... subjects) {
        return cells.enforcer().put(of(id, peer, subjects));
    }

    private static Deny of(String id, String peer, Subject... subjects) {
        return deny(id, subjects[0], Direction.EGRESS, peer, tcp(P)).of(List.of(subjects));
    }

    private static Held observed(String id) {
        return cells.enforcer().observe().stream()
                .filter(held -> held.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static String a() {
        return cells.a.does("connect x 127.0.0.1 " + P);
    }

    private static String b() {
        return cells.b.does("connect x 127.0.0.1 " + P);
    }
}
