package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Entry;
import dev.firebreak.hostagent.deny.Refusal;
import dev.firebreak.hostagent.deny.RuleKey;
import dev.firebreak.hostagent.deny.Shape;
import dev.firebreak.hostagent.deny.Subject;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Why a subject cannot be held as things are, who takes the room, and what would help: clauses
/// that follow on "because".
final class Objections {

    private static final int MOST_NAMED = 5;

    private final Claims claims;
    private final Supplier<Collection<Holding>> held;

    Objections(Claims claims, Supplier<Collection<Holding>> held) {
        this.claims = claims;
        this.held = held;
    }

    static Refusal outside() {
        return new Refusal(
                "outside-root", "it is not below the cgroup that this agent answers for");
    }

    static Optional<Refusal> tooDeep(Subject subject) {
        return subject.level() <= Subject.DEEPEST
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                "too-deep",
                                "it lies "
                                        + subject.level()
                                        + " cgroups deep, and the kernel is asked for "
                                        + Subject.DEEPEST
                                        + " at most; contain the host, or a cgroup above it"));
    }

    /// One rule has room for so many denies and port ranges.
    Optional<Refusal> overlaps(List<Entry> more) {
        Map<RuleKey, Integer> wanted = new HashMap<>();
        for (Entry entry : more) {
            RuleKey key = entry.key();
            List<Rules.Ref> already = claims.on(key);
            if (wanted.merge(key, 1, Integer::sum) + already.size() > RuleKey.MOST_SHARED) {
                return Optional.of(
                        new Refusal(
                                "too-many-overlaps",
                                "more than "
                                        + RuleKey.MOST_SHARED
                                        + " denies or port ranges would meet at "
                                        + entry.peer()
                                        + "; "
                                        + taken(ids(already))));
            }
        }
        return Optional.empty();
    }

    /// `full` would have to know too many shapes.
    Refusal shapes(Subject full, String own) {
        List<String> ids =
                held.get().stream()
                        .filter(holding -> !holding.deny().id().equals(own))
                        .filter(holding ->
                                holding.entries().stream()
                                        .anyMatch(e -> e.subject().contains(full)))
                        .map(holding -> holding.deny().id())
                        .toList();
        return new Refusal(
                "too-many-shapes",
                "there would be more than "
                        + Shape.MOST_PER_VIEW
                        + " kinds of prefix length and port for "
                        + full.name()
                        + ", and every packet would pay for each; "
                        + taken(ids));
    }

    static Refusal kernel(BpfFailure full) {
        return new Refusal("kernel-refused", "the kernel would not: " + full.getMessage());
    }

    private List<String> ids(List<Rules.Ref> refs) {
        Set<Integer> slots = refs.stream().map(Rules.Ref::slot).collect(Collectors.toSet());
        return held.get().stream()
                .filter(holding -> slots.contains(holding.slot()))
                .map(holding -> holding.deny().id())
                .toList();
    }

    private static String taken(List<String> ids) {
        if (ids.isEmpty()) {
            return "ask with fewer ports, or with fewer prefix lengths";
        }
        String named = ids.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
        String others =
                ids.size() > MOST_NAMED ? " and " + (ids.size() - MOST_NAMED) + " more" : "";
        return "the room is taken by "
                + named
                + others
                + ": release one of them, or have one wider containment take their place";
    }
}
