package dev.firebreak.eventlog.term;

import java.util.List;

/// What a person wants cut, in their words and not yet resolved to machines: subject × direction ×
/// peer × ports, and optionally only on the enforcers named in `on`.
public record Ask(
        Effect effect,
        Scope subject,
        Peer peer,
        Direction direction,
        Ports ports,
        List<EnforcerName> on) {

    public static final int MAX_ENFORCERS = 64;

    public Ask {
        if (on.size() > MAX_ENFORCERS) {
            throw new InvalidTerm("More than %d enforcers named.".formatted(MAX_ENFORCERS));
        }
        if (subject instanceof Scope.Cidr && peer instanceof Peer.Of) {
            throw new InvalidTerm(
                    "A block of addresses is cut from everything we enforce on; to cut one scope from"
                            + " it, name the scope first: contain SCOPE --to "
                            + subject
                            + ".");
        }
        on = on.stream().distinct().sorted((a, b) -> a.toString().compareTo(b.toString())).toList();
    }

    /// One line that is equal exactly when the asks are.
    public String canonical() {
        return String.join(
                "|",
                effect.name(),
                subject.toString(),
                peer.toString(),
                direction.name(),
                ports.toString(),
                on.toString());
    }
}
