package dev.firebreak.segmentation;

import dev.firebreak.eventlog.event.responder.ResponderEvent;
import dev.firebreak.eventlog.event.responder.ResponderEvent.ResponderDismissed;
import dev.firebreak.eventlog.event.responder.ResponderEvent.ResponderEnlisted;
import dev.firebreak.eventlog.event.responder.ResponderEvent.RoleChanged;
import dev.firebreak.eventlog.event.responder.ResponderEvent.SlackUserLinked;
import dev.firebreak.eventlog.event.responder.ResponderEvent.SlackUserUnlinked;
import dev.firebreak.eventlog.event.responder.ResponderEvent.TokenIssued;
import dev.firebreak.eventlog.event.responder.ResponderEvent.TokenRevoked;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.SlackUser;
import dev.firebreak.segmentation.KnownResponder.Token;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Who may ask, by name, by token and by Slack identity. A Slack identity belongs to the one it was
/// linked to last; a dismissed responder is found by nothing.
final class Responders {
    private final TreeMap<ResponderName, KnownResponder> byName =
            new TreeMap<>(Comparator.comparing(ResponderName::value));
    private final Map<String, ResponderName> byTokenHash = new HashMap<>();
    private final Map<SlackUser, ResponderName> bySlackUser = new HashMap<>();

    void apply(ResponderEvent event) {
        switch (event) {
            case ResponderEnlisted(var name, var role, _, _) -> enlist(name, role);
            case RoleChanged(var name, var role, _, _) ->
                    change(name, known -> with(known, role, known.slackUsers(), known.tokens()));
            case SlackUserLinked(var name, var user, _, _) -> link(name, user);
            case SlackUserUnlinked(var name, var user, _, _) -> unlink(name, user);
            case TokenIssued(var name, var id, var hash, var expiresAt, _, _) ->
                    issue(name, new Token(id, hash, expiresAt));
            case TokenRevoked(var name, var id, _, _) -> revoke(name, id);
            case ResponderDismissed(var name, _, _) -> dismiss(name);
        }
    }

    Optional<KnownResponder> find(ResponderName name) {
        return Optional.ofNullable(byName.get(name));
    }

    Optional<KnownResponder> byToken(String hash, Instant now) {
        return Optional.ofNullable(byTokenHash.get(hash))
                .flatMap(this::find)
                .filter(known -> known.tokens().stream().anyMatch(t -> isGood(t, hash, now)));
    }

    Optional<KnownResponder> bySlackUser(SlackUser user) {
        return Optional.ofNullable(bySlackUser.get(user)).flatMap(this::find);
    }

    Collection<KnownResponder> all() {
        return Collections.unmodifiableCollection(byName.values());
    }

    private static boolean isGood(Token token, String hash, Instant now) {
        return token.hash().equals(hash) && now.isBefore(token.expiresAt());
    }

    private void enlist(ResponderName name, Role role) {
        dismiss(name);
        byName.put(name, new KnownResponder(name, role, List.of(), List.of()));
    }

    private void link(ResponderName name, SlackUser user) {
        Optional.ofNullable(bySlackUser.get(user)).ifPresent(before -> unlink(before, user));
        change(
                name,
                known -> {
                    bySlackUser.put(user, name);
                    return with(known, known.role(), plus(known.slackUsers(), user), tokens(known));
                });
    }

    private void unlink(ResponderName name, SlackUser user) {
        if (bySlackUser.remove(user, name)) {
            change(
                    name,
                    known -> {
                        var others =
                                known.slackUsers().stream().filter(u -> !u.equals(user)).toList();
                        return with(known, known.role(), others, known.tokens());
                    });
        }
    }

    private void issue(ResponderName name, Token token) {
        change(
                name,
                known -> {
                    byTokenHash.put(token.hash(), name);
                    var all = plus(tokens(known), token);
                    return with(known, known.role(), known.slackUsers(), all);
                });
    }

    private void revoke(ResponderName name, String id) {
        change(
                name,
                known -> {
                    known.tokens().stream()
                            .filter(token -> token.id().equals(id))
                            .forEach(token -> byTokenHash.remove(token.hash(), name));
                    var others = known.tokens().stream().filter(t -> !t.id().equals(id)).toList();
                    return with(known, known.role(), known.slackUsers(), others);
                });
    }

    private void dismiss(ResponderName name) {
        var known = byName.remove(name);
        if (known != null) {
            known.tokens().forEach(token -> byTokenHash.remove(token.hash(), name));
            known.slackUsers().forEach(user -> bySlackUser.remove(user, name));
        }
    }

    private void change(ResponderName name, UnaryOperator<KnownResponder> change) {
        byName.computeIfPresent(name, (_, known) -> change.apply(known));
    }

    private static List<Token> tokens(KnownResponder known) {
        return known.tokens();
    }

    private static KnownResponder with(
            KnownResponder known, Role role, List<SlackUser> users, List<Token> tokens) {
        return new KnownResponder(known.name(), role, users, tokens);
    }

    private static <T> List<T> plus(List<T> all, T one) {
        return Stream.concat(all.stream(), Stream.of(one)).toList();
    }
}
