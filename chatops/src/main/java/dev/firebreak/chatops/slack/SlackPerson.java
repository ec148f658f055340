package dev.firebreak.chatops.slack;

import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.SlackUser;
import java.util.Optional;
import java.util.stream.Stream;

/// Somebody as Slack names them: the user, the workspace they belong to, the one they spoke in, and
/// the organisation where there is one. Names and e-mail addresses play no part, for they can be
/// changed to anybody's.
record SlackPerson(String user, String home, String spokeIn, String enterprise) {

    /// Somebody who came in through a shared channel. Inside one organisation people belong to
    /// another workspace than they speak in without being guests.
    boolean isGuest() {
        return !home.equals(spokeIn) && enterprise.isEmpty();
    }

    /// In a large organisation one person has the same id in many workspaces; an administrator may
    /// link them once, by the organisation.
    Optional<Responder> responder(SlackIdentities identities) {
        if (isGuest()) {
            return Optional.empty();
        }
        return Stream.of(home, enterprise)
                .filter(group -> !group.isEmpty())
                .flatMap(group -> user(group).stream())
                .flatMap(each -> identities.responder(each).stream())
                .findFirst();
    }

    private Optional<SlackUser> user(String group) {
        try {
            return Optional.of(new SlackUser(group, user));
        } catch (InvalidTerm _) {
            return Optional.empty();
        }
    }

    /// How an administrator would link them.
    @Override
    public String toString() {
        return home + "/" + user;
    }
}
