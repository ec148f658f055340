package dev.firebreak.commandside.axon;

import static dev.firebreak.commandside.Cast.ADA;
import static dev.firebreak.commandside.Cast.GUARDRAILS;
import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.Cast.ROB;
import static dev.firebreak.commandside.Cast.VERA;
import static dev.firebreak.commandside.axon.Requests.END;
import static dev.firebreak.commandside.axon.Requests.WHY;
import static dev.firebreak.commandside.axon.Requests.alarm;
import static dev.firebreak.commandside.axon.Requests.expire;
import static dev.firebreak.commandside.axon.Requests.extend;
import static dev.firebreak.commandside.axon.Requests.id;
import static dev.firebreak.commandside.axon.Requests.plan;
import static dev.firebreak.commandside.axon.Requests.release;
import static dev.firebreak.commandside.axon.Requests.request;
import static dev.firebreak.commandside.axon.Requests.sentBy;
import static dev.firebreak.commandside.axon.Requests.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.LogUnavailable;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.Outcome.Accepted;
import dev.firebreak.commandside.command.Outcome.Already;
import dev.firebreak.commandside.command.Outcome.Refused;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.containment.ContainmentCommand;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.commandside.control.ControlCommand.FreezeAutomation;
import dev.firebreak.commandside.deployment.DeploymentCommand.DeployWorkload;
import dev.firebreak.commandside.enforcer.EnforcerCommand.ConnectEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.EnrolEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.OfferEnrolment;
import dev.firebreak.commandside.guardrail.Permission;
import dev.firebreak.commandside.responder.ResponderCommand.ChangeRole;
import dev.firebreak.commandside.responder.ResponderCommand.EnlistResponder;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.eventlog.term.Ttl;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AxonCommandsTest {

    private final TestLog database = TestLog.fresh();
    private final PostgresLog log = database.log();
    private final AxonCommands commands = new AxonCommands(log, GUARDRAILS);

    @AfterEach
    void close() {
        commands.close();
        database.close();
    }

    @Test
    void what_is_decided_is_in_the_log_with_who_and_by_which_surface() {
        var origin = sentBy(ROB, "key-1");

        var outcome = commands.send(request(1, ROB), origin);

        assertThat(outcome).isEqualTo(new Accepted(stream(1), 2));
        var entries = log.stream(stream(1), 0);
        assertThat(entries)
                .extracting(entry -> entry.event().getClass().getSimpleName())
                .containsExactly("ContainmentRequested", "ContainmentOrdered");
        for (var entry : entries) {
            assertThat(entry.provenance().by()).isEqualTo(ROB.name());
            assertThat(entry.provenance().surface()).isEqualTo(Surface.REST);
            assertThat(entry.provenance().correlation()).isEqualTo(origin.correlation());
        }
        assertThat(entries.getFirst().provenance().causation())
                .isEqualTo(entries.getLast().provenance().causation());
    }

    @Test
    void every_family_of_commands_finds_its_aggregate() {
        var web = EnforcerName.parse("host/web-1");
        var workload = WorkloadName.parse("payments/checkout");
        accepted(new EnlistResponder(new ResponderName("mo"), Role.VIEWER, ADA, NOON), ADA);
        accepted(new FreezeAutomation(new Reason("calm down"), ROB, NOON), ROB);
        accepted(
                new DeployWorkload(
                        workload, new Environment("prod"), "", Labels.NONE, List.of(), ROB, NOON),
                ROB);
        accepted(new OfferEnrolment(web, "token", NOON.plusSeconds(60), ADA, NOON), ADA);
        accepted(
                new EnrolEnforcer(web, "token", "cert", NOON.plusSeconds(600), NOON),
                Responder.FIREBREAK);
        accepted(
                new ConnectEnforcer(web, "cert", "1", "6.18", "boot", List.of(), NOON),
                Responder.FIREBREAK);
    }

    @Test
    void a_stream_with_an_event_that_cannot_be_read_is_refused_and_the_others_go_on() {
        var first = commands.send(request(1, ROB), sentBy(ROB, "key-1"));
        database.makeUnreadable(2);

        try (var restarted = new AxonCommands(log, GUARDRAILS)) {
            assertThat(restarted.send(release(1, ROB), sentBy(ROB, "key-2")))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            no -> {
                                assertThat(no.code().text()).isEqualTo("unreadable-stream");
                                assertThat(no.sentence())
                                        .contains(stream(1), "position 2", "Nothing was changed");
                            });
            assertThat(restarted.send(request(1, ROB), sentBy(ROB, "key-1")))
                    .as("the very request that was decided, as %s", first)
                    .isInstanceOf(Already.class);
            assertThat(restarted.send(request(2, ROB), sentBy(ROB))).isInstanceOf(Accepted.class);
        }
    }

    @Test
    void a_decision_builds_on_what_the_log_holds_also_without_the_cache() {
        accepted(request(1, ROB), ROB);

        try (var other = new AxonCommands(log, GUARDRAILS)) {
            assertThat(other.send(expire(1, END.minusSeconds(1)), alarm()))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            no -> assertThat(no.code()).isEqualTo(RefusalCode.NOT_YET_DUE));
            assertThat(other.send(release(1, ROB), sentBy(ROB))).isInstanceOf(Accepted.class);
        }
        assertThat(commands.send(expire(1, END), alarm())).isInstanceOf(Already.class);
    }

    @Test
    void what_another_replica_changed_is_never_answered_from_memory() {
        accepted(request(1, ROB), ROB);
        try (var replica = database.onAnotherReplica();
                var other = new AxonCommands(replica, GUARDRAILS)) {
            assertThat(other.send(request(1, ROB), sentBy(ROB))).isInstanceOf(Already.class);
            accepted(release(1, ROB), ROB);

            assertThat(other.send(request(1, ROB), sentBy(ROB)))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            no -> assertThat(no.sentence()).contains("over, or just ending"));
        }
    }

    @Test
    void an_alarm_of_before_an_extension_on_another_replica_does_not_end_it() {
        accepted(request(1, ROB), ROB);
        try (var replica = database.onAnotherReplica();
                var other = new AxonCommands(replica, GUARDRAILS)) {
            assertThat(other.send(expire(1, END.minusSeconds(9)), alarm()))
                    .isInstanceOf(Refused.class);
            accepted(extend(1, NOON.plusSeconds(60)), ROB);

            assertThat(other.send(expire(1, END), alarm()))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            no -> assertThat(no.code()).isEqualTo(RefusalCode.NOT_YET_DUE));
        }
        assertThat(events(ContainmentReleased.class)).isEmpty();
    }

    @Test
    void a_command_key_is_honoured_for_ever() {
        commands.send(request(1, ROB), sentBy(ROB, "key-1"));
        accepted(release(1, ROB), ROB);

        assertThat(commands.send(request(1, ROB), sentBy(ROB, "key-1")))
                .isInstanceOfSatisfying(
                        Already.class, again -> assertThat(again.target()).isEqualTo(stream(1)));
        // The planner would have given the same ask another name by now.
        var renamed =
                new RequestContainment(
                        id(2), plan(1, 1), Ttl.ofMinutes(30), WHY, IncidentId.NONE, ROB, NOON);
        assertThat(commands.send(renamed, sentBy(ROB, "key-1")))
                .isInstanceOfSatisfying(
                        Already.class, again -> assertThat(again.target()).isEqualTo(stream(1)));
        assertThat(events(ContainmentRequested.class)).hasSize(1);
    }

    @Test
    void another_request_under_a_used_key_is_done() {
        commands.send(request(1, ROB), sentBy(ROB, "key-1"));

        assertThat(commands.send(request(2, ROB), sentBy(ROB, "key-1")))
                .isInstanceOf(Accepted.class);
        assertThat(commands.send(release(1, ROB), sentBy(ROB, "key-1")))
                .isInstanceOf(Accepted.class);
        assertThat(events(ContainmentRequested.class)).hasSize(2);
        assertThat(events(ContainmentReleased.class)).hasSize(1);
    }

    @Test
    void the_same_key_of_somebody_else_is_another_key() {
        commands.send(request(1, ROB), sentBy(ROB, "key-1"));

        assertThat(commands.send(request(2, ADA), sentBy(ADA, "key-1")))
                .isInstanceOf(Accepted.class);
    }

    @Test
    void a_refusal_is_recorded_with_who_tried_what() {
        var origin = sentBy(VERA);

        var outcome = (Refused) commands.send(request(1, VERA), origin);

        var refused = events(CommandRefused.class).getFirst();
        assertThat(refused)
                .isEqualTo(
                        new CommandRefused(
                                "RequestContainment",
                                stream(1),
                                "to cut workload/payments/checkout-1 from everyone for 30m",
                                "not-permitted",
                                outcome.sentence(),
                                VERA.name(),
                                0,
                                NOON));
        assertThat(log.read(0, 10).getFirst().provenance().correlation())
                .isEqualTo(origin.correlation());
        assertThat(log.stream(stream(1), 0)).isEmpty();
    }

    @Test
    void how_much_was_asked_for_is_recorded_with_the_refusal() {
        accepted(request(1, ROB), ROB);
        var extend =
                new ContainmentCommand.ExtendContainment(
                        id(1), Ttl.parse("4h"), new Reason("mine"), VERA, NOON);

        commands.send(extend, sentBy(VERA));
        commands.send(new ChangeRole(VERA.name(), Role.ADMIN, VERA, NOON), sentBy(VERA));

        assertThat(events(CommandRefused.class))
                .extracting(CommandRefused::detail)
                .containsExactly("by 4h", "to admin");
    }

    @Test
    void who_may_not_even_look_is_recorded_within_the_same_budget() {
        var no = Permission.unseen(VERA, Role.ADMIN, "see who may ask");
        for (var i = 0; i < RefusalBudget.PER_ACTOR_AND_MINUTE; i++) {
            commands.refused("ListResponders", "responders", no, sentBy(VERA), NOON);
        }
        for (var i = 0; i < 20; i++) {
            commands.send(request(1, VERA), sentBy(VERA));
        }

        // A refilled token or two may have let one more through while this ran.
        assertThat(events(CommandRefused.class))
                .hasSizeBetween(
                        RefusalBudget.PER_ACTOR_AND_MINUTE, RefusalBudget.PER_ACTOR_AND_MINUTE + 19)
                .first()
                .isEqualTo(
                        new CommandRefused(
                                "ListResponders",
                                "responders",
                                "",
                                "not-permitted",
                                no.sentence(),
                                VERA.name(),
                                0,
                                NOON));
    }

    @Test
    void refusals_beyond_the_budget_are_counted_and_not_written() {
        for (var i = 0; i < RefusalBudget.PER_ACTOR_AND_MINUTE + 20; i++) {
            commands.send(request(1, VERA), sentBy(VERA));
        }

        // A refilled token or two may have let one more through while this ran.
        assertThat(events(CommandRefused.class))
                .hasSizeBetween(
                        RefusalBudget.PER_ACTOR_AND_MINUTE,
                        RefusalBudget.PER_ACTOR_AND_MINUTE + 19);
    }

    @Test
    void a_stream_refused_first_can_be_begun_later() {
        commands.send(request(1, VERA), sentBy(VERA));

        accepted(request(1, ROB), ROB);
        assertThat(events(ContainmentOrdered.class)).hasSize(1);
    }

    @Test
    void a_surface_cannot_act_with_anothers_rights() {
        assertThatThrownBy(() -> commands.send(request(1, ADA), sentBy(VERA)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("vera");
        assertThatThrownBy(() -> commands.send(expire(1, END), sentBy(ADA)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(log.head()).isZero();
    }

    @Test
    void a_database_that_is_away_is_told_and_decides_nothing() {
        accepted(request(1, ROB), ROB);
        database.cutOff();

        var unavailable =
                catchThrowableOfType(
                        LogUnavailable.class, () -> commands.send(release(1, ROB), sentBy(ROB)));

        database.restore();
        assertThat(unavailable).hasMessageContaining("again");
        assertThat(commands.send(release(1, ROB), sentBy(ROB))).isInstanceOf(Accepted.class);
        assertThat(events(ContainmentReleased.class)).hasSize(1);
        assertThat(commands.freePlaces(true)).isEqualTo(Lane.PEOPLE_AT_ONCE);
    }

    private void accepted(Command command, Responder by) {
        var origin =
                by.equals(Responder.FIREBREAK)
                        ? Origin.firebreak(Surface.AGENT, UUID.randomUUID())
                        : sentBy(by);
        Outcome outcome = commands.send(command, origin);
        assertThat(outcome).isEqualTo(new Accepted(command.target(), log.head()));
        assertThat(command.target()).doesNotContain("null");
        if (command instanceof ContainmentCommand containment) {
            assertThat(containment.containment()).isEqualTo(id(1));
        }
    }

    private <E> List<E> events(Class<E> kind) {
        return log.read(0, PostgresLog.MAX_EVENTS).stream()
                .map(LogEntry::event)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }
}
