package dev.firebreak.enforcerconnectors.enforcer;

import dev.firebreak.segmentation.DesiredDeny;
import java.util.List;
import java.util.stream.Stream;

/// What an enforcer is to change: put these denies (replacing those of the same id), drop those.
/// Nothing is ever removed by absence. `complete` says that the puts are all that is desired, so
/// that an enforcer can name what it holds beyond them.
public record Directive(
        long generation, List<DesiredDeny> puts, List<DenyId> drops, boolean complete) {

    /// More than this is sent in several directives.
    public static final int MAX_CHANGES = 1_000;

    public Directive {
        puts = List.copyOf(puts);
        drops = List.copyOf(drops);
        if (puts.isEmpty() && drops.isEmpty()) {
            throw new IllegalArgumentException("Empty is never a plan");
        }
        if (puts.size() + drops.size() > MAX_CHANGES) {
            throw new IllegalArgumentException("More than %d changes".formatted(MAX_CHANGES));
        }
        if (putIds(puts).distinct().count() != puts.size()
                || putIds(puts).anyMatch(drops::contains)) {
            throw new IllegalArgumentException("A deny is named twice");
        }
    }

    /// Every deny it names.
    public List<DenyId> ids() {
        return Stream.concat(putIds(puts), drops.stream()).toList();
    }

    private static Stream<DenyId> putIds(List<DesiredDeny> puts) {
        return puts.stream().map(put -> DenyId.of(put.containment()));
    }
}
