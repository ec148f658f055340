package dev.firebreak.enforcerconnectors.dispatch;

import static dev.firebreak.enforcerconnectors.dispatch.World.HALF_AN_HOUR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.containment.ContainmentCommand.RecordEnforcement;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordSilence;
import dev.firebreak.enforcerconnectors.enforcer.Attachment;
import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.enforcerconnectors.enforcer.Digest;
import dev.firebreak.enforcerconnectors.enforcer.FakeEnforcer;
import dev.firebreak.enforcerconnectors.enforcer.FakeEnforcer.Line;
import dev.firebreak.enforcerconnectors.enforcer.Held;
import dev.firebreak.enforcerconnectors.enforcer.Verification;
import dev.firebreak.enforcerconnectors.enforcer.Verification.Probe;
import dev.firebreak.enforcerconnectors.enforcer.Verification.Verdict;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Sessions;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private static final Duration A_MOMENT = Duration.ofMillis(50);
    private static final Duration LONGER_THAN_SILENCE = Duration.ofSeconds(33);

    private static final Held.Unheld NO_ROOM =
            new Held.Unheld("/full", "too-many-shapes", "there is no room");

    private final World world = new World(1);
    private final EnforcerName web1 = world.enrol("web-1");
    private final FakeEnforcer agent = world.agent(web1);

    @BeforeEach
    void start() {
        world.start();
    }

    @Test
    void an_ordered_deny_is_put_and_told_as_held() {
        world.attach(agent);

        var id = order();

        assertThat(agent.ids()).containsExactly(DenyId.of(id));
        assertThat(world.state(id, web1)).isEqualTo(PartState.HELD);
        assertThat(world.told(id, web1).orElseThrow().generation())
                .isEqualTo(agent.received().getLast().generation());
    }

    @Test
    void only_what_changed_is_sent() {
        world.attach(agent);
        order();

        var second = world.order(web1, "198.51.100.0/24", HALF_AN_HOUR);
        world.time.pass(A_MOMENT);

        assertThat(agent.received()).hasSize(2);
        assertThat(agent.received().getLast().ids()).containsExactly(DenyId.of(second));
    }

    @Test
    void whoever_comes_late_is_told_everything_at_once() {
        var id = order();
        assertThat(world.state(id, web1)).isEqualTo(PartState.UNREACHABLE);

        world.attach(agent);
        world.time.pass(A_MOMENT);

        assertThat(agent.received())
                .singleElement()
                .satisfies(directive -> assertThat(directive.complete()).isTrue());
        assertThat(world.state(id, web1)).isEqualTo(PartState.HELD);
    }

    @Test
    void a_released_deny_is_dropped_by_name_and_told_as_lifted() {
        world.attach(agent);
        var id = order();

        world.release(id);
        world.time.pass(A_MOMENT);

        assertThat(agent.received().getLast().drops()).containsExactly(DenyId.of(id));
        assertThat(agent.ids()).isEmpty();
        assertThat(world.state(id, web1)).isEqualTo(PartState.LIFTED);
    }

    @Test
    void an_extension_moves_the_end_where_it_is_held() {
        world.attach(agent);
        var id = order();
        var later = world.time.now().plus(HALF_AN_HOUR.multipliedBy(2));

        world.extend(id, later);

        assertThat(agent.inForce())
                .hasEntrySatisfying(
                        DenyId.of(id), deny -> assertThat(deny.expiresAt()).isEqualTo(later));
    }

    @Test
    void a_new_end_is_told_once_the_enforcer_has_taken_it() {
        world.attach(agent);
        var id = order();
        var before = world.told(id, web1).orElseThrow().sentence();
        var later = world.time.now().plus(HALF_AN_HOUR.multipliedBy(2));
        agent.line(Line.MUTE);

        world.extend(id, later);

        assertThat(world.told(id, web1).orElseThrow().sentence()).isEqualTo(before);
        agent.line(Line.UP);
        world.time.pass(LONGER_THAN_SILENCE);
        assertThat(world.told(id, web1).orElseThrow().sentence())
                .contains(" until %s".formatted(later.toString().substring(0, 10)))
                .isNotEqualTo(before);
    }

    @Test
    void a_lease_that_ended_is_lifted_only_when_it_was_seen_to_be_gone() {
        var line = world.attach(agent);
        var id = order();
        agent.line(Line.MUTE);

        beat(line, HALF_AN_HOUR);
        world.release(id);
        beat(line, Duration.ofSeconds(20));
        assertThat(agent.ids()).isEmpty();
        assertThat(world.state(id, web1)).isEqualTo(PartState.UNKNOWN);

        agent.line(Line.UP);
        beat(line, Duration.ofSeconds(40));

        assertThat(world.state(id, web1)).isEqualTo(PartState.LIFTED);
    }

    @Test
    void without_an_answer_it_is_unknown_until_somebody_looks() {
        var line = world.attach(agent);
        agent.line(Line.MUTE);

        var id = order();
        assertThat(world.state(id, web1)).isEqualTo(PartState.PENDING);
        world.time.pass(Duration.ofSeconds(6));
        assertThat(world.state(id, web1)).isEqualTo(PartState.UNKNOWN);

        agent.line(Line.UP);
        line.heard();
        world.time.pass(Duration.ofSeconds(20));

        assertThat(world.state(id, web1)).isEqualTo(PartState.HELD);
        assertThat(agent.looks()).isPositive();
    }

    @Test
    void what_may_still_be_under_way_is_never_called_lifted() {
        world.attach(agent);
        agent.line(Line.MUTE);

        var id = order();
        world.release(id);
        world.time.pass(Duration.ofSeconds(20));

        assertThat(agent.ids()).containsExactly(DenyId.of(id));
        assertThat(world.states(id, web1)).containsOnly(PartState.UNKNOWN);
    }

    @Test
    void whom_it_cannot_hold_is_told_by_name_and_the_part_is_never_called_held() {
        world.deploy("shop/late", web1, "/other/late");
        var line = world.attach(agent);
        agent.hold(
                DenyId.of(firstId()),
                new Held.Unheld("/other/late", "outside-root", "it lies elsewhere"),
                new Held.Unheld("/nobodys", "too-many-shapes", "there is no room"));

        var id = order();
        line.verified(probe(id, Verdict.DENIED, new Sessions(3, 0)));
        world.time.pass(A_MOMENT);

        assertThat(world.told(id, web1).orElseThrow())
                .satisfies(told -> {
                    assertThat(told.state()).isEqualTo(PartState.HELD_EXCEPT);
                    assertThat(told.gaps())
                            .containsExactly(
                                    new Gap(
                                            "shop/late in cgroup /other/late",
                                            "it lies elsewhere (outside-root)"),
                                    new Gap(
                                            "cgroup /nobodys",
                                            "there is no room (too-many-shapes)"));
                });
        assertThat(world.states(id, web1)).doesNotContain(PartState.HELD, PartState.VERIFIED);
    }

    @Test
    void whom_it_cannot_hold_is_tried_again_later_and_told_once() {
        var line = world.attach(agent);
        agent.hold(DenyId.of(firstId()), NO_ROOM);
        var id = order();
        line.verified(probe(id, Verdict.DENIED, Sessions.NONE));
        world.time.pass(A_MOMENT);
        var told = world.commands.size();

        beat(line, 7);
        assertThat(agent.received()).hasSize(2);
        assertThat(world.commands).hasSize(told);

        agent.hold(DenyId.of(id));
        beat(line, 7);

        assertThat(world.told(id, web1).orElseThrow().gaps()).isEmpty();
        assertThat(world.state(id, web1)).isEqualTo(PartState.HELD);
    }

    @Test
    void whom_its_host_waits_for_is_named_and_not_put_again_and_again() {
        var line = world.attach(agent);
        agent.hold(
                DenyId.of(firstId()),
                new Held.Unheld("/late", "cgroup-absent", "its cgroup is not on the host now"));
        var id = order();
        beat(line, 14);

        assertThat(world.state(id, web1)).isEqualTo(PartState.HELD_EXCEPT);
        assertThat(agent.received()).hasSize(1);

        agent.hold(DenyId.of(id));
        line.observed(agent.seen());
        world.time.pass(A_MOMENT);

        assertThat(world.state(id, web1)).isEqualTo(PartState.HELD);
        assertThat(world.told(id, web1).orElseThrow().gaps()).isEmpty();
    }

    @Test
    void who_found_no_room_is_tried_again_as_soon_as_another_is_released() {
        world.attach(agent);
        var first = order();
        agent.refuse(DenyId.of(idOf("198.51.100.0/24")));
        agent.hold(DenyId.of(idOf("192.0.2.0/24")), NO_ROOM);
        var refused = world.order(web1, "198.51.100.0/24", HALF_AN_HOUR);
        var partly = world.order(web1, "192.0.2.0/24", HALF_AN_HOUR);
        world.time.pass(A_MOMENT);
        assertThat(world.state(refused, web1)).isEqualTo(PartState.REJECTED);
        assertThat(world.state(partly, web1)).isEqualTo(PartState.HELD_EXCEPT);

        agent.refuseNothing();
        agent.hold(DenyId.of(partly));
        world.release(first);
        world.time.pass(A_MOMENT);

        assertThat(world.state(refused, web1)).isEqualTo(PartState.HELD);
        assertThat(world.state(partly, web1)).isEqualTo(PartState.HELD);
    }

    @Test
    void who_found_no_room_is_tried_again_as_soon_as_another_is_seen_to_have_lapsed() {
        var line = world.attach(agent);
        world.order(web1, "203.0.113.0/24", Duration.ofMinutes(1));
        agent.refuse(DenyId.of(idOf("198.51.100.0/24")));
        var refused = world.order(web1, "198.51.100.0/24", HALF_AN_HOUR);
        agent.refuseNothing();
        var sent = agent.received().size();

        line.observed(agent.seen());
        world.time.pass(A_MOMENT);
        assertThat(agent.received()).hasSize(sent);

        world.time.pass(Duration.ofSeconds(20));
        line.observed(agent.seen());
        world.time.pass(Duration.ofSeconds(20));
        line.observed(agent.seen());
        world.time.pass(Duration.ofSeconds(20));
        line.observed(agent.seen());
        world.time.pass(A_MOMENT);

        assertThat(world.state(refused, web1)).isEqualTo(PartState.HELD);
    }

    @Test
    void what_goes_on_being_refused_is_not_asked_for_without_end() {
        world.attach(agent);
        var first = order();
        agent.refuse(DenyId.of(idOf("198.51.100.0/24")));
        world.order(web1, "198.51.100.0/24", HALF_AN_HOUR);
        world.time.pass(A_MOMENT);
        var sent = agent.received().size();

        world.release(first);
        world.time.pass(Duration.ofSeconds(5));

        assertThat(agent.received()).hasSize(sent + 2);
    }

    @Test
    void what_it_will_not_take_is_told_with_its_reason_and_tried_again_later() {
        var line = world.attach(agent);
        agent.refuse(DenyId.of(firstId()));

        var id = order();
        world.time.pass(A_MOMENT);
        assertThat(world.told(id, web1).orElseThrow())
                .satisfies(told -> {
                    assertThat(told.state()).isEqualTo(PartState.REJECTED);
                    assertThat(told.sentence()).contains("(never-deny)");
                });
        assertThat(agent.received()).hasSize(1);

        agent.refuseNothing();
        for (var beat = 0; beat < 7; beat++) {
            world.time.pass(Duration.ofSeconds(10));
            line.heard(agent.seen().generation(), digest());
        }
        world.time.pass(A_MOMENT);

        assertThat(world.state(id, web1)).isEqualTo(PartState.HELD);
    }

    @Test
    void an_answer_that_leaves_something_out_is_asked_for_again_with_patience() {
        var line = world.attach(agent);
        agent.leaveOut(DenyId.of(firstId()));

        var id = order();
        beat(line, Duration.ofMinutes(5));

        assertThat(world.state(id, web1)).isEqualTo(PartState.UNKNOWN);
        assertThat(agent.received()).hasSizeBetween(2, 60);
    }

    @Test
    void silence_is_recorded_once_and_makes_what_is_held_unknown() {
        world.attach(agent);
        var id = order();

        world.time.pass(LONGER_THAN_SILENCE);
        world.time.pass(LONGER_THAN_SILENCE);

        assertThat(world.state(id, web1)).isEqualTo(PartState.UNKNOWN);
        assertThat(world.commands).filteredOn(RecordSilence.class::isInstance).hasSize(1);
        assertThat(world.silent).containsExactly(web1);
        assertThat(agent.closed()).hasSize(1);
    }

    @Test
    void the_end_of_what_nobody_hears_is_told_to_the_second_as_everywhere() {
        world.attach(agent);
        var id = order();

        world.time.pass(LONGER_THAN_SILENCE);

        assertThat(world.told(id, web1).orElseThrow().sentence())
                .containsPattern("ends at \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC by itself");
    }

    @Test
    void whom_another_replica_hears_nobody_calls_silent_until_that_one_is_gone() {
        var line = world.attach(agent);
        var id = order();
        world.heardElsewhere.add(web1);
        line.detached();

        world.time.pass(LONGER_THAN_SILENCE);
        world.time.pass(LONGER_THAN_SILENCE);
        assertThat(world.silent).isEmpty();
        assertThat(world.state(id, web1)).isEqualTo(PartState.HELD);

        world.heardElsewhere.remove(web1);
        world.time.pass(LONGER_THAN_SILENCE);
        assertThat(world.silent).containsExactly(web1);
        assertThat(world.state(id, web1)).isEqualTo(PartState.UNKNOWN);
    }

    @Test
    void who_came_back_to_another_replica_can_fall_silent_again() {
        world.attach(agent);
        world.time.pass(LONGER_THAN_SILENCE);
        assertThat(world.silent).containsExactly(web1);
        world.heardElsewhere.add(web1);
        world.connect(web1);

        world.time.pass(LONGER_THAN_SILENCE);
        assertThat(world.silent).hasSize(1);

        world.heardElsewhere.remove(web1);
        world.time.pass(LONGER_THAN_SILENCE);
        assertThat(world.silent).hasSize(2);
    }

    @Test
    void whoever_was_cut_off_is_unknown_after_the_silence_and_converges_on_return() {
        var line = world.attach(agent);
        var kept = order();
        var ended = world.order(web1, "198.51.100.0/24", HALF_AN_HOUR);
        line.detached();
        world.time.settle();
        assertThat(world.state(kept, web1)).isEqualTo(PartState.HELD);

        world.time.pass(LONGER_THAN_SILENCE);
        world.release(ended);
        world.time.pass(A_MOMENT);
        assertThat(world.state(kept, web1)).isEqualTo(PartState.UNKNOWN);
        assertThat(world.state(ended, web1)).isEqualTo(PartState.UNKNOWN);

        world.attach(agent);
        world.time.pass(A_MOMENT);

        assertThat(agent.ids()).containsExactly(DenyId.of(kept));
        assertThat(world.state(kept, web1)).isEqualTo(PartState.HELD);
        assertThat(world.state(ended, web1)).isEqualTo(PartState.LIFTED);
    }

    @Test
    void what_is_told_is_told_once() {
        var line = world.attach(agent);
        order();
        world.time.pass(A_MOMENT);
        var before = world.commands.size();

        for (var beat = 0; beat < 100; beat++) {
            world.time.pass(Duration.ofSeconds(10));
            line.heard(agent.seen().generation(), digest());
            line.observed(agent.seen());
        }
        world.time.pass(A_MOMENT);

        assertThat(world.commands).hasSize(before);
        assertThat(agent.looks()).isZero();
    }

    @Test
    void a_flushed_enforcer_is_filled_again_at_the_next_heartbeat() {
        var line = world.attach(agent);
        var id = order();
        agent.remove(DenyId.of(id));

        line.heard(agent.seen().generation(), digest());
        world.time.settle();

        assertThat(agent.ids()).containsExactly(DenyId.of(id));
    }

    @Test
    void a_stranger_is_dropped_and_stays_in_sight() {
        var line = world.attach(agent);
        agent.plant(new DenyId("left-over-1"), HALF_AN_HOUR);

        line.heard(agent.seen().generation(), digest());
        world.time.settle();

        world.time.pass(Duration.ofSeconds(1));

        assertThat(agent.ids()).isEmpty();
        assertThat(world.dispatcher().status(web1).orElseThrow().strangers())
                .containsExactly(new DenyId("left-over-1"));
    }

    @Test
    void a_plan_older_than_the_fence_is_never_forced() {
        agent.fence(1_000);
        var line = world.attach(agent);

        var id = order();
        world.time.pass(Duration.ofSeconds(20));
        line.heard();

        assertThat(agent.received()).isEmpty();
        assertThat(world.told(id, web1).orElseThrow())
                .satisfies(told -> {
                    assertThat(told.state()).isEqualTo(PartState.PENDING);
                    assertThat(told.sentence()).contains("newer plan");
                });
    }

    @Test
    void one_is_connected_since_its_channel_stands_however_often_it_is_heard() {
        var began = world.time.clock().instant();
        beat(world.attach(agent), Duration.ofMinutes(1));
        world.time.pass(A_MOMENT);

        var status = world.dispatcher().status(web1).orElseThrow();
        assertThat(status.attachedAt()).isEqualTo(began);
        assertThat(status.heardAt()).isAfter(began.plusSeconds(20));
    }

    @Test
    void one_that_obeyed_a_newer_log_is_told_even_when_nothing_is_asked_of_it() {
        agent.fence(1_000);

        var line = world.attach(agent);
        line.heard();
        world.time.settle();

        assertThat(world.dispatcher().status(web1).orElseThrow())
                .satisfies(status -> {
                    assertThat(status.ahead()).isTrue();
                    assertThat(status.trouble()).contains("older than what it has obeyed");
                });
    }

    @Test
    void one_that_obeyed_this_log_is_not_ahead_of_it() {
        world.attach(agent);
        var id = order();
        world.time.pass(A_MOMENT);
        world.release(id);
        world.time.pass(A_MOMENT);

        assertThat(world.dispatcher().status(web1).orElseThrow())
                .satisfies(status -> {
                    assertThat(status.ahead()).isFalse();
                    assertThat(status.trouble()).isEmpty();
                });
    }

    @Test
    void a_stale_refusal_leads_to_looking_again_and_to_the_newer_plan() {
        world.attach(agent);
        var id = order();
        // Somebody with a newer log has spoken to it meanwhile; then ours catches up.
        agent.fence(6);
        world.release(id);
        world.time.pass(A_MOMENT);
        assertThat(agent.ids()).containsExactly(DenyId.of(id));

        var other = world.order(web1, "198.51.100.0/24", HALF_AN_HOUR);
        world.time.pass(A_MOMENT);

        assertThat(agent.ids()).containsExactly(DenyId.of(other));
        assertThat(agent.looks()).isPositive();
        assertThat(world.state(id, web1)).isEqualTo(PartState.LIFTED);
    }

    @Test
    void a_probe_that_was_refused_verifies_and_one_that_got_through_denies_it() {
        var line = world.attach(agent);
        var id = order();

        line.verified(probe(id, Verdict.DENIED, new Sessions(3, 0)));
        world.time.pass(A_MOMENT);
        assertThat(world.told(id, web1).map(PartReport::state)).contains(PartState.VERIFIED);
        assertThat(world.told(id, web1).map(PartReport::sessions)).contains(new Sessions(3, 0));

        line.verified(probe(id, Verdict.ALLOWED, Sessions.NONE));
        world.time.pass(A_MOMENT);
        assertThat(world.state(id, web1)).isEqualTo(PartState.UNKNOWN);
    }

    @Test
    void nothing_is_said_of_a_new_deny_while_the_answer_about_another_is_awaited() {
        var line = world.attach(agent);
        var first = order();
        agent.line(Line.MUTE);
        world.order(web1, "198.51.100.0/24", HALF_AN_HOUR);
        var third = world.order(web1, "192.0.2.0/24", HALF_AN_HOUR);

        line.verified(probe(first, Verdict.DENIED, Sessions.NONE));
        world.time.pass(A_MOMENT);

        assertThat(world.states(third, web1)).isEmpty();
    }

    @Test
    void a_session_that_could_not_be_ended_is_a_caveat() {
        var line = world.attach(agent);
        var id = order();

        line.verified(probe(id, Verdict.DENIED, new Sessions(1, 2)));
        world.time.pass(A_MOMENT);

        assertThat(world.told(id, web1).orElseThrow().caveats())
                .singleElement()
                .asString()
                .startsWith("2 open sessions");
    }

    @Test
    void a_log_that_is_away_delays_the_word_and_does_not_lose_it() {
        world.attach(agent);
        world.logIsUp(false);
        var id = order();
        world.time.pass(Duration.ofSeconds(5));
        assertThat(world.state(id, web1)).isEqualTo(PartState.PENDING);

        world.logIsUp(true);
        world.time.pass(Duration.ofSeconds(1));

        assertThat(world.state(id, web1)).isEqualTo(PartState.HELD);
        assertThat(agent.ids()).containsExactly(DenyId.of(id));
    }

    @Test
    void a_restart_rebuilds_everything_from_the_log_and_the_first_words() {
        world.attach(agent);
        var kept = order();
        var ended = world.order(web1, "198.51.100.0/24", HALF_AN_HOUR);
        world.time.pass(A_MOMENT);

        world.start();
        world.release(ended);
        world.attach(agent);
        world.time.pass(A_MOMENT);

        assertThat(agent.ids()).containsExactly(DenyId.of(kept));
        assertThat(world.state(kept, web1)).isEqualTo(PartState.HELD);
        assertThat(world.state(ended, web1)).isEqualTo(PartState.LIFTED);
    }

    @Test
    void a_newer_connection_ends_the_older() {
        world.attach(agent);

        var again = world.agent(web1);
        world.attach(again);
        var id = order();

        assertThat(agent.closed()).hasSize(1);
        assertThat(agent.received()).isEmpty();
        assertThat(again.ids()).containsExactly(DenyId.of(id));
    }

    @Test
    void reports_of_many_enforcers_travel_in_few_commands() {
        var names = IntStream.range(0, 1_000).mapToObj(n -> world.enrol("node-" + n)).toList();
        names.forEach(name -> world.attach(world.agent(name)));

        var id = world.orderEverywhere("203.0.113.0/24", names, HALF_AN_HOUR);
        world.time.pass(A_MOMENT);

        assertThat(names).allMatch(name -> world.state(id, name) == PartState.HELD);
        assertThat(world.commands)
                .filteredOn(RecordEnforcement.class::isInstance)
                .hasSizeLessThan(10);
    }

    /// Time passes, and it is heard of as often as a heart beats.
    private void beat(Attachment line, Duration time) {
        for (var passed = Duration.ZERO;
                passed.compareTo(time) < 0;
                passed = passed.plusSeconds(10)) {
            world.time.pass(Duration.ofSeconds(10));
            line.heard();
        }
        world.time.settle();
    }

    private ContainmentId order() {
        var id = world.order(web1, "203.0.113.0/24", HALF_AN_HOUR);
        world.time.pass(A_MOMENT);
        return id;
    }

    private static ContainmentId firstId() {
        return idOf("203.0.113.0/24");
    }

    /// What a first containment towards this block will be called.
    private static ContainmentId idOf(String block) {
        var other = new World(1);
        return other.order(other.enrol("web-1"), block, HALF_AN_HOUR);
    }

    private void beat(Attachment line, int times) {
        for (var beat = 0; beat < times; beat++) {
            world.time.pass(Duration.ofSeconds(10));
            line.heard(agent.seen().generation(), digest());
        }
        world.time.pass(A_MOMENT);
    }

    private String digest() {
        return Digest.of(agent.ids());
    }

    private static Verification probe(ContainmentId id, Verdict verdict, Sessions sessions) {
        return new Verification(
                1, List.of(new Probe(DenyId.of(id), verdict, "It was tried.", sessions)));
    }
}
