package dev.firebreak.commandside.responder;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.Permission;
import dev.firebreak.commandside.responder.ResponderCommand.ChangeRole;
import dev.firebreak.commandside.responder.ResponderCommand.DismissResponder;
import dev.firebreak.commandside.responder.ResponderCommand.EnlistResponder;
import dev.firebreak.commandside.responder.ResponderCommand.IssueToken;
import dev.firebreak.commandside.responder.ResponderCommand.LinkSlackUser;
import dev.firebreak.commandside.responder.ResponderCommand.RevokeToken;
import dev.firebreak.commandside.responder.ResponderCommand.UnlinkSlackUser;
import dev.firebreak.eventlog.event.responder.ResponderEvent;
import dev.firebreak.eventlog.event.responder.ResponderEvent.ResponderDismissed;
import dev.firebreak.eventlog.event.responder.ResponderEvent.ResponderEnlisted;
import dev.firebreak.eventlog.event.responder.ResponderEvent.RoleChanged;
import dev.firebreak.eventlog.event.responder.ResponderEvent.SlackUserLinked;
import dev.firebreak.eventlog.event.responder.ResponderEvent.SlackUserUnlinked;
import dev.firebreak.eventlog.event.responder.ResponderEvent.TokenIssued;
import dev.firebreak.eventlog.event.responder.ResponderEvent.TokenRevoked;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.SlackUser;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Who somebody is to us: their role, and by what we know that it is them.
sealed interface Account {

    Account NOBODY = new Nobody();

    record Nobody() implements Account {}

    /// `tokens` holds the end of each, by its id, until they have ended.
    record Enlisted(Role role, Set<SlackUser> slackUsers, Map<String, Instant> tokens)
            implements Account {
        public Enlisted {
            slackUsers = Set.copyOf(slackUsers);
            tokens = Map.copyOf(tokens);
        }
    }

    record Dismissed() implements Account {}

    /// Only an admin decides who may ask. Firebreak itself does so once, at its first start.
    static Decision<ResponderEvent> decide(
            Account state, ResponderCommand command, Guardrails guardrails) {
        var by = command.by();
        if (Permission.lacks(by, Role.ADMIN)) {
            return Permission.refused(by, Role.ADMIN, "decide who may ask for what");
        }
        if (!by.equals(Responder.FIREBREAK) && guardrails.holdBack(by)) {
            return Permission.frozen(by);
        }
        return switch (command) {
            case EnlistResponder enlistment -> Standing.decide(state, enlistment);
            case ChangeRole change -> Standing.decide(state, change, guardrails);
            case DismissResponder dismissal -> Standing.decide(state, dismissal, guardrails);
            case LinkSlackUser link -> Credentials.decide(state, link, guardrails);
            case UnlinkSlackUser unlink -> Credentials.decide(state, unlink);
            case IssueToken token -> Credentials.decide(state, token);
            case RevokeToken token -> Credentials.decide(state, token);
        };
    }

    static Account evolve(Account state, ResponderEvent event) {
        return switch (event) {
            case ResponderEnlisted enlisted -> new Enlisted(enlisted.role(), Set.of(), Map.of());
            case RoleChanged changed -> {
                var known = known(state, event);
                yield new Enlisted(changed.role(), known.slackUsers(), known.tokens());
            }
            case SlackUserLinked linked ->
                    withSlack(known(state, event), users -> users.add(linked.slackUser()));
            case SlackUserUnlinked unlinked ->
                    withSlack(known(state, event), users -> users.remove(unlinked.slackUser()));
            case TokenIssued issued ->
                    withTokens(
                            known(state, event),
                            tokens -> {
                                tokens.values().removeIf(end -> !end.isAfter(issued.at()));
                                tokens.put(issued.tokenId(), issued.expiresAt());
                            });
            case TokenRevoked revoked ->
                    withTokens(known(state, event), tokens -> tokens.remove(revoked.tokenId()));
            case ResponderDismissed _ -> new Dismissed();
        };
    }

    private static Enlisted withSlack(Enlisted known, Consumer<Set<SlackUser>> change) {
        var users = new HashSet<>(known.slackUsers());
        change.accept(users);
        return new Enlisted(known.role(), users, known.tokens());
    }

    private static Enlisted withTokens(Enlisted known, Consumer<Map<String, Instant>> change) {
        var tokens = new HashMap<>(known.tokens());
        change.accept(tokens);
        return new Enlisted(known.role(), known.slackUsers(), tokens);
    }

    private static Enlisted known(Account state, ResponderEvent event) {
        if (state instanceof Enlisted enlisted) {
            return enlisted;
        }
        throw new IllegalStateException(
                event.stream() + ": " + event.getClass().getSimpleName() + " of nobody enlisted");
    }
}
