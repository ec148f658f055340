package dev.firebreak.commandside.responder;

import static dev.firebreak.commandside.Cast.ADA;
import static dev.firebreak.commandside.Cast.ANN;
import static dev.firebreak.commandside.Cast.BOT;
import static dev.firebreak.commandside.Cast.FROZEN;
import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.Cast.ROB;
import static dev.firebreak.commandside.Cast.person;
import static dev.firebreak.commandside.containment.Outcomes.kinds;
import static dev.firebreak.commandside.containment.Outcomes.refused;
import static dev.firebreak.commandside.containment.Outcomes.stands;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.KnownFacts;
import dev.firebreak.commandside.responder.ResponderCommand.ChangeRole;
import dev.firebreak.commandside.responder.ResponderCommand.DismissResponder;
import dev.firebreak.commandside.responder.ResponderCommand.EnlistResponder;
import dev.firebreak.commandside.responder.ResponderCommand.IssueToken;
import dev.firebreak.commandside.responder.ResponderCommand.LinkSlackUser;
import dev.firebreak.commandside.responder.ResponderCommand.RevokeToken;
import dev.firebreak.commandside.responder.ResponderCommand.UnlinkSlackUser;
import dev.firebreak.eventlog.event.responder.ResponderEvent;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.SlackUser;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountTest {

    private static final ResponderName MO = new ResponderName("mo");
    private static final SlackUser SLACK = SlackUser.parse("T0001/U0001");
    private static final Instant IN_A_DAY = NOON.plus(Duration.ofDays(1));

    private final Guardrails guardrails =
            Guardrails.defaults(
                    new KnownFacts(
                            false,
                            Set.of(ADA.name(), MO),
                            Map.of(SlackUser.parse("T0001/U0002"), ROB.name())));

    private Account state = Account.NOBODY;

    @Test
    void only_an_admin_decides_who_may_ask() {
        for (var command : everyCommand(ANN)) {
            refused(when(command), RefusalCode.NOT_PERMITTED);
        }
    }

    @Test
    void an_automation_that_is_frozen_enlists_nobody_and_the_first_start_still_does() {
        refused(
                Account.decide(state, new EnlistResponder(MO, Role.ADMIN, BOT, NOON), FROZEN),
                RefusalCode.AUTOMATION_FROZEN);
        kinds(
                Account.decide(
                        state,
                        new EnlistResponder(MO, Role.ADMIN, Responder.FIREBREAK, NOON),
                        FROZEN));
    }

    @Test
    void somebody_is_enlisted_once() {
        assertThat(kinds(when(enlist(Role.RESPONDER)))).containsExactly("ResponderEnlisted");
        stands(when(enlist(Role.RESPONDER)));
        refused(when(enlist(Role.ADMIN)), RefusalCode.ALREADY_EXISTS);
    }

    @Test
    void nobody_takes_the_name_of_firebreak() {
        refused(
                when(new EnlistResponder(Responder.FIREBREAK.name(), Role.ADMIN, ADA, NOON)),
                RefusalCode.ALREADY_EXISTS);
    }

    @Test
    void nothing_can_be_said_of_nobody() {
        for (var command : everyCommand(ADA)) {
            if (!(command instanceof EnlistResponder)) {
                refused(when(command), RefusalCode.UNKNOWN_RESPONDER);
            }
        }
    }

    @Test
    void a_role_changes_by_another_admin_only() {
        when(enlist(Role.ADMIN));
        var mo = person("mo", Role.ADMIN);

        refused(when(new ChangeRole(MO, Role.VIEWER, mo, NOON)), RefusalCode.NOT_PERMITTED);
        refused(when(new DismissResponder(MO, mo, NOON)), RefusalCode.NOT_PERMITTED);
        kinds(when(new ChangeRole(MO, Role.VIEWER, ADA, NOON)));
        stands(when(new ChangeRole(MO, Role.VIEWER, ADA, NOON)));
    }

    @Test
    void the_last_admin_stays() {
        when(enlist(Role.ADMIN));
        var alone = Guardrails.defaults(new KnownFacts(false, Set.of(MO), Map.of()));

        refused(
                Account.decide(state, new DismissResponder(MO, Responder.FIREBREAK, NOON), alone),
                RefusalCode.CONFLICT);
        refused(
                Account.decide(
                        state, new ChangeRole(MO, Role.VIEWER, Responder.FIREBREAK, NOON), alone),
                RefusalCode.CONFLICT);
    }

    @Test
    void a_slack_user_is_one_responder() {
        when(enlist(Role.RESPONDER));

        kinds(when(new LinkSlackUser(MO, SLACK, ADA, NOON)));
        stands(when(new LinkSlackUser(MO, SLACK, ADA, NOON)));
        assertThat(
                        refused(
                                when(
                                        new LinkSlackUser(
                                                MO, SlackUser.parse("T0001/U0002"), ADA, NOON)),
                                RefusalCode.CONFLICT))
                .contains("rob");
        kinds(when(new UnlinkSlackUser(MO, SLACK, ADA, NOON)));
        stands(when(new UnlinkSlackUser(MO, SLACK, ADA, NOON)));
    }

    @Test
    void a_token_is_handed_out_once_for_a_bounded_time_and_taken_back() {
        when(enlist(Role.RESPONDER));

        kinds(when(token("t1", IN_A_DAY)));
        refused(when(token("t1", IN_A_DAY)), RefusalCode.ALREADY_EXISTS);
        refused(when(token("t2", NOON)), RefusalCode.TTL_TOO_SHORT);
        refused(when(token("t2", NOON.plus(Duration.ofDays(367)))), RefusalCode.TTL_TOO_LONG);
        kinds(when(new RevokeToken(MO, "t1", ADA, NOON)));
        stands(when(new RevokeToken(MO, "t1", ADA, NOON)));
    }

    @Test
    void the_number_of_what_somebody_is_known_by_is_bounded() {
        when(enlist(Role.RESPONDER));
        for (var i = 0; i < Credentials.MAX_TOKENS; i++) {
            kinds(when(token("t" + i, IN_A_DAY)));
        }
        for (var i = 0; i < Credentials.MAX_SLACK_USERS; i++) {
            kinds(when(new LinkSlackUser(MO, SlackUser.parse("T9/U" + i), ADA, NOON)));
        }

        refused(when(token("more", IN_A_DAY)), RefusalCode.TOO_LARGE);
        refused(when(new LinkSlackUser(MO, SLACK, ADA, NOON)), RefusalCode.TOO_LARGE);
        // Tokens that have ended no longer count.
        kinds(when(new IssueToken(MO, "later", "hash", IN_A_DAY.plusSeconds(9), ADA, IN_A_DAY)));
    }

    @Test
    void who_was_dismissed_comes_back_with_nothing_of_before() {
        when(enlist(Role.ADMIN));
        when(token("t1", IN_A_DAY));
        when(new LinkSlackUser(MO, SLACK, ADA, NOON));
        kinds(when(new DismissResponder(MO, ADA, NOON)));

        stands(when(new DismissResponder(MO, ADA, NOON)));
        refused(when(token("t2", IN_A_DAY)), RefusalCode.UNKNOWN_RESPONDER);
        kinds(when(enlist(Role.VIEWER)));
        assertThat(state).isEqualTo(new Account.Enlisted(Role.VIEWER, Set.of(), Map.of()));
    }

    private Decision<ResponderEvent> when(ResponderCommand command) {
        var decision = Account.decide(state, command, guardrails);
        decision.events().forEach(event -> state = Account.evolve(state, event));
        return decision;
    }

    private static List<ResponderCommand> everyCommand(Responder by) {
        return List.of(
                new EnlistResponder(MO, Role.ADMIN, by, NOON),
                new ChangeRole(MO, Role.ADMIN, by, NOON),
                new LinkSlackUser(MO, SLACK, by, NOON),
                new UnlinkSlackUser(MO, SLACK, by, NOON),
                new IssueToken(MO, "t1", "hash", IN_A_DAY, by, NOON),
                new RevokeToken(MO, "t1", by, NOON),
                new DismissResponder(MO, by, NOON));
    }

    private static EnlistResponder enlist(Role role) {
        return new EnlistResponder(MO, role, ADA, NOON);
    }

    private static IssueToken token(String id, Instant endsAt) {
        return new IssueToken(MO, id, "hash-" + id, endsAt, ADA, NOON);
    }
}
