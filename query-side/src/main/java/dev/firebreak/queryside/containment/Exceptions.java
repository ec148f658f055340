package dev.firebreak.queryside.containment;

import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.segmentation.Presence;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who is not cut and was asked for, and who is cut and should never be, each as half a sentence.
final class Exceptions {
    private static final int MAX_NAMED = 5;

    private final Optional<Presence> presence;

    Exceptions(Optional<Presence> presence) {
        this.presence = presence;
    }

    boolean isNobodyOut() {
        return presence.stream().allMatch(is -> is.leftOut() == 0 && is.spared().isEmpty());
    }

    /// Those in its scope who are not cut.
    Stream<String> out() {
        return presence.stream()
                .flatMap(is -> Stream.of(leftOut(is), spared(is)).flatMap(Optional::stream));
    }

    /// What is protected and is cut all the same; empty when nothing is.
    String caught() {
        return presence.filter(is -> !is.caught().isEmpty())
                .map(is ->
                        ("; and %s, although protected, because it came to run where the plan"
                                        + " cuts: move it, or release this")
                                .formatted(names(is.caught(), is.caught().size())))
                .orElse("");
    }

    private static Optional<String> leftOut(Presence is) {
        return is.leftOut() == 0
                ? Optional.empty()
                : Optional.of(
                        ("%s: joined later or moved, above the %d that were allowed; ask for it"
                                        + " again to cut them, too")
                                .formatted(names(is.names(), is.leftOut()), is.atMost()));
    }

    private static Optional<String> spared(Presence is) {
        return is.spared().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s: not cut where something protected runs"
                                .formatted(names(is.spared(), is.spared().size())));
    }

    private static String names(List<WorkloadName> some, int all) {
        var named =
                some.stream()
                        .limit(MAX_NAMED)
                        .map(WorkloadName::toString)
                        .collect(Collectors.joining(", "));
        var others = all - Math.min(some.size(), MAX_NAMED);
        return named + (others > 0 ? " and %d more".formatted(others) : "");
    }
}
