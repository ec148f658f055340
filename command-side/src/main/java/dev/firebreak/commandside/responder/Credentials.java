package dev.firebreak.commandside.responder;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.responder.Account.Enlisted;
import dev.firebreak.commandside.responder.ResponderCommand.IssueToken;
import dev.firebreak.commandside.responder.ResponderCommand.LinkSlackUser;
import dev.firebreak.commandside.responder.ResponderCommand.RevokeToken;
import dev.firebreak.commandside.responder.ResponderCommand.UnlinkSlackUser;
import dev.firebreak.eventlog.event.responder.ResponderEvent;
import dev.firebreak.eventlog.event.responder.ResponderEvent.SlackUserLinked;
import dev.firebreak.eventlog.event.responder.ResponderEvent.SlackUserUnlinked;
import dev.firebreak.eventlog.event.responder.ResponderEvent.TokenIssued;
import dev.firebreak.eventlog.event.responder.ResponderEvent.TokenRevoked;
import dev.firebreak.eventlog.term.Phrases;
import java.time.Duration;

/// Deciding on what somebody is known by: Slack identities and bearer tokens.
final class Credentials {

    static final int MAX_SLACK_USERS = 16;
    static final int MAX_TOKENS = 32;
    static final Duration LONGEST_TOKEN = Duration.ofDays(366);

    private Credentials() {}

    static Decision<ResponderEvent> decide(
            Account state, LinkSlackUser command, Guardrails guardrails) {
        if (!(state instanceof Enlisted known)) {
            return Standing.unknown(command);
        }
        if (known.slackUsers().contains(command.slackUser())) {
            return Decision.stands(
                    "%s is linked to %s already.", command.slackUser(), command.responder());
        }
        // One Slack user is one responder, or nobody could say who pressed the button.
        var holder = guardrails.facts().holderOf(command.slackUser());
        if (holder.isPresent() && !holder.get().equals(command.responder())) {
            return Decision.refused(
                    RefusalCode.CONFLICT,
                    "%s is linked to %s. Unlink it there first.",
                    command.slackUser(),
                    holder.get());
        }
        if (known.slackUsers().size() >= MAX_SLACK_USERS) {
            return Decision.refused(
                    RefusalCode.TOO_LARGE,
                    "%s has %d Slack users linked, and more are not kept. Unlink one first.",
                    command.responder(),
                    MAX_SLACK_USERS);
        }
        return Decision.decided(
                new SlackUserLinked(
                        command.responder(),
                        command.slackUser(),
                        command.by().name(),
                        command.at()));
    }

    static Decision<ResponderEvent> decide(Account state, UnlinkSlackUser command) {
        if (!(state instanceof Enlisted known)) {
            return Standing.unknown(command);
        }
        return known.slackUsers().contains(command.slackUser())
                ? Decision.decided(
                        new SlackUserUnlinked(
                                command.responder(),
                                command.slackUser(),
                                command.by().name(),
                                command.at()))
                : Decision.stands(
                        "%s is not linked to %s.", command.slackUser(), command.responder());
    }

    static Decision<ResponderEvent> decide(Account state, IssueToken command) {
        if (!(state instanceof Enlisted known)) {
            return Standing.unknown(command);
        }
        if (known.tokens().containsKey(command.tokenId())) {
            return Decision.refused(
                    RefusalCode.ALREADY_EXISTS,
                    "%s has a token %s already; a secret is never handed out twice.",
                    command.responder(),
                    command.tokenId());
        }
        var life = Duration.between(command.at(), command.expiresAt());
        if (!life.isPositive()) {
            return Decision.refused(
                    RefusalCode.TTL_TOO_SHORT,
                    "The token would have ended before it was handed out. Give it a day or more.");
        }
        if (life.compareTo(LONGEST_TOKEN) > 0) {
            return Decision.refused(
                    RefusalCode.TTL_TOO_LONG,
                    "A token lives at most %s. Give it less and renew it in time.",
                    Phrases.span(LONGEST_TOKEN));
        }
        var alive = known.tokens().values().stream().filter(end -> end.isAfter(command.at()));
        if (alive.count() >= MAX_TOKENS) {
            return Decision.refused(
                    RefusalCode.TOO_LARGE,
                    "%s has %d tokens, and more are not handed out. Revoke one first.",
                    command.responder(),
                    MAX_TOKENS);
        }
        return Decision.decided(
                new TokenIssued(
                        command.responder(),
                        command.tokenId(),
                        command.tokenHash(),
                        command.expiresAt(),
                        command.by().name(),
                        command.at()));
    }

    static Decision<ResponderEvent> decide(Account state, RevokeToken command) {
        if (!(state instanceof Enlisted known)) {
            return Standing.unknown(command);
        }
        return known.tokens().containsKey(command.tokenId())
                ? Decision.decided(
                        new TokenRevoked(
                                command.responder(),
                                command.tokenId(),
                                command.by().name(),
                                command.at()))
                : Decision.stands("%s has no token %s.", command.responder(), command.tokenId());
    }
}
