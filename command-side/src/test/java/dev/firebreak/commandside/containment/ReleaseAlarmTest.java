package dev.firebreak.commandside.containment;

import static dev.firebreak.commandside.Cast.ANN;
import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.Cast.ROB;
import static dev.firebreak.commandside.containment.Story.WEB_1;
import static dev.firebreak.commandside.containment.Story.approve;
import static dev.firebreak.commandside.containment.Story.decline;
import static dev.firebreak.commandside.containment.Story.extend;
import static dev.firebreak.commandside.containment.Story.release;
import static dev.firebreak.commandside.containment.Story.shorten;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.commandside.ManualAlarms;
import dev.firebreak.commandside.SettableClock;
import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.containment.ContainmentCommand.LapseApproval;
import dev.firebreak.commandside.containment.ContainmentCommand.ReleaseContainment;
import dev.firebreak.commandside.containment.ScriptedCommands.Answer;
import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.Provenance;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReleaseAlarmTest {

    private static final Instant LATER = NOON.plusSeconds(60);
    private static final Instant END = NOON.plus(Duration.ofMinutes(30));
    private static final Instant LAPSE = NOON.plus(Duration.ofMinutes(10));
    private static final ContainmentId FIRST = ContainmentId.parse("C-0000001");
    private static final ContainmentId SECOND = ContainmentId.parse("C-0000002");
    private static final String NAME = "ending/" + Story.ID;

    private final SettableClock clock = new SettableClock(NOON);
    private final ManualAlarms alarms = new ManualAlarms();
    private final ScriptedCommands commands = new ScriptedCommands();

    @Test
    void it_ends_at_its_end() {
        following(Story.running(WEB_1));

        assertThat(alarms.at(NAME)).contains(END);
        ringAt(END);
        assertThat(commands.sent())
                .containsExactly(
                        new ReleaseContainment(
                                Story.ID, ReleaseCause.EXPIRY, "", Responder.FIREBREAK, END));
        assertThat(alarms.size()).isZero();
    }

    @Test
    void an_approval_lapses_at_its_deadline() {
        following(Story.awaiting());

        assertThat(alarms.at(NAME)).contains(LAPSE);
        ringAt(LAPSE);
        assertThat(commands.sent()).containsExactly(new LapseApproval(Story.ID, LAPSE));
    }

    @Test
    void an_approval_turns_the_deadline_into_an_end() {
        var story = Story.awaiting();
        story.when(approve(story.planHash(), ANN, LATER));
        following(story);

        assertThat(alarms.at(NAME)).contains(LATER.plus(Duration.ofMinutes(30)));
    }

    @Test
    void a_moved_end_moves_the_alarm() {
        var longer = Story.running(WEB_1);
        longer.when(extend(Ttl.ofMinutes(5), ROB, LATER));
        following(longer);
        assertThat(alarms.at(NAME)).contains(END.plus(Duration.ofMinutes(5)));

        var shorter = Story.running(WEB_1);
        shorter.when(shorten(Ttl.ofMinutes(5), ROB, LATER));
        following(shorter);
        assertThat(alarms.at(NAME)).contains(LATER.plus(Duration.ofMinutes(5)));
    }

    @Test
    void what_has_ended_has_no_alarm() {
        var released = Story.running(WEB_1);
        var alarm = following(released);
        var before = released.events().size();
        released.when(release(ReleaseCause.PERSON, ROB, LATER));
        alarm.take(entries(released, before));
        assertThat(alarms.size()).isZero();

        var declined = Story.awaiting();
        declined.when(decline(ROB, LATER));
        following(declined);
        assertThat(alarms.size()).isZero();
    }

    @Test
    void the_past_sets_no_alarms_and_its_end_sets_what_is_still_open() {
        var story = Story.running(WEB_1);
        story.when(extend(Ttl.ofMinutes(5), ROB, LATER));
        var all = entries(story, 0);
        var alarm = new ReleaseAlarm(commands, alarms, clock, all.getLast().position());

        alarm.take(all.subList(0, 2));
        assertThat(alarms.size()).isZero();
        alarm.take(all.subList(2, 3));
        assertThat(alarms.at(NAME)).contains(END.plus(Duration.ofMinutes(5)));
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"UNAVAILABLE", "REFUSED"})
    void it_never_gives_up_and_tries_at_a_bounded_rate(Answer answer) {
        following(Story.running(WEB_1));
        commands.answer(answer);
        clock.set(END);

        for (var attempt = 0; attempt < 200; attempt++) {
            var next = alarms.at(NAME).orElseThrow();
            if (attempt > 0) {
                assertThat(Duration.between(clock.instant(), next))
                        .isBetween(ReleaseAlarm.FIRST_RETRY, ReleaseAlarm.SLOWEST_RETRY);
            }
            ringAt(next);
        }

        assertThat(commands.sent()).hasSize(200);
        commands.answer(Answer.ALREADY);
        ringAt(alarms.at(NAME).orElseThrow());
        assertThat(alarms.size()).isZero();
    }

    @Test
    void a_defect_is_told_and_tried_again_all_the_same() {
        following(Story.running(WEB_1));
        commands.answer(Answer.BROKEN);

        assertThatThrownBy(() -> ringAt(END)).isInstanceOf(IllegalStateException.class);
        assertThat(alarms.at(NAME)).contains(END.plus(ReleaseAlarm.FIRST_RETRY));
    }

    @Test
    void an_alarm_that_rings_early_is_set_again_and_asks_for_nothing() {
        following(Story.running(WEB_1));

        clock.set(END.minusNanos(1));
        alarms.ringDue(END);

        assertThat(commands.sent()).isEmpty();
        assertThat(alarms.at(NAME)).contains(END);
    }

    @Test
    void a_retry_stops_when_the_log_tells_that_somebody_else_ended_it() {
        var story = Story.running(WEB_1);
        var alarm = following(story);
        commands.answer(Answer.UNAVAILABLE);
        ringAt(END);
        var before = story.events().size();
        story.when(release(ReleaseCause.PERSON, ROB, END));
        alarm.take(entries(story, before));

        assertThat(alarms.size()).isZero();
        assertThat(commands.sent()).hasSize(1);
    }

    @Test
    void the_sweep_finds_what_no_alarm_has_ended() {
        var story = Story.running(WEB_1);
        var sweep = new ReleaseSweep(pages(story), commands, clock);

        assertThat(sweep.sweep()).isEqualTo(new ReleaseSweep.Swept(0, 0, List.of()));
        clock.set(END);
        assertThat(sweep.sweep()).isEqualTo(new ReleaseSweep.Swept(1, 1, List.of()));
        assertThat(commands.sent()).containsExactly(Story.expire(END));
    }

    @Test
    void the_sweep_ends_nothing_twice_once_the_log_has_it() {
        var story = Story.running(WEB_1);
        var sweep = new ReleaseSweep(pages(story), commands, clock);
        clock.set(END);
        commands.answer(Answer.ALREADY);
        assertThat(sweep.sweep()).isEqualTo(new ReleaseSweep.Swept(1, 0, List.of()));

        story.when(Story.expire(END));

        assertThat(sweep.sweep()).isEqualTo(new ReleaseSweep.Swept(0, 0, List.of()));
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"UNAVAILABLE", "REFUSED", "BROKEN"})
    void the_sweep_tells_what_it_could_not_end(Answer answer) {
        var sweep = new ReleaseSweep(pages(Story.running(WEB_1)), commands, clock);
        clock.set(END);
        commands.answer(answer);

        assertThat(sweep.sweep()).isEqualTo(new ReleaseSweep.Swept(1, 0, List.of(Story.ID)));
    }

    @Test
    void one_that_cannot_be_ended_keeps_no_other_open() {
        var ended = new ArrayList<Command>();
        Commands broken =
                (command, _) -> {
                    if (command.target().equals("containment/C-0000001")) {
                        throw new ClassCastException("as a test wants it");
                    }
                    ended.add(command);
                    return new Outcome.Accepted(command.target(), 1);
                };
        clock.set(END);

        var swept = new ReleaseSweep(orders(FIRST, SECOND), broken, clock).sweep();

        assertThat(swept).isEqualTo(new ReleaseSweep.Swept(2, 1, List.of(FIRST)));
        assertThat(ended).hasSize(1);
    }

    @Test
    void a_sweep_is_broken_off_when_the_log_is_away() {
        commands.answer(Answer.UNAVAILABLE);
        clock.set(END);

        var swept = new ReleaseSweep(orders(FIRST, SECOND), commands, clock).sweep();

        assertThat(swept).isEqualTo(new ReleaseSweep.Swept(2, 0, List.of(FIRST, SECOND)));
        assertThat(commands.sent()).hasSize(1);
    }

    private void ringAt(Instant at) {
        clock.set(at);
        alarms.ringDue(at);
    }

    private ReleaseAlarm following(Story story) {
        var alarm = new ReleaseAlarm(commands, alarms, clock, 0);
        alarm.take(entries(story, 0));
        return alarm;
    }

    private static ReleaseSweep.Pages pages(Story story) {
        return (after, limit) ->
                entries(story, 0).stream()
                        .filter(entry -> entry.position() > after)
                        .limit(Math.min(limit, 1))
                        .toList();
    }

    /// Ordered in this order, a second apart, so that they end in it.
    private static ReleaseSweep.Pages orders(ContainmentId... containments) {
        var events = new ArrayList<Event>();
        for (var containment : containments) {
            var at = NOON.plusSeconds(events.size());
            events.add(new ContainmentOrdered(containment, at.plusSeconds(60), 5, at));
        }
        return (after, _) -> after == 0 ? entries(events, 0) : List.of();
    }

    private static List<LogEntry> entries(Story story, int from) {
        return entries(story.events(), from);
    }

    private static List<LogEntry> entries(List<? extends Event> events, int from) {
        var entries = new ArrayList<LogEntry>();
        for (var i = from; i < events.size(); i++) {
            entries.add(
                    new LogEntry(
                            i + 1,
                            new UUID(0, i),
                            events.get(i),
                            new Provenance(
                                    ROB.name(), Surface.REST, new UUID(1, 1), new UUID(1, 1)),
                            NOON));
        }
        return entries;
    }
}
