package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Gap;
import dev.firebreak.hostagent.deny.Held;
import dev.firebreak.hostagent.deny.Refusal;
import dev.firebreak.hostagent.deny.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// What is said of a deny that is in the table. One whose cgroup is not there is a gap where others
/// are cut; where nobody is there to be cut, the deny waits.
final class Description {

    private static final int MOST_NAMED = 5;

    private static final Refusal ABSENT =
            new Refusal(
                    Held.CGROUP_ABSENT,
                    "its cgroup is not on the host now; it is cut as soon as it appears");

    private Description() {}

    static Held notReadBack(Holding holding, long now) {
        return describe(
                holding,
                now,
                Held.State.REFUSED,
                new Refusal(
                        Held.NOT_READ_BACK,
                        holding.deny().id()
                                + " was written but the kernel does not give all of it back; the agent writes it again within seconds."),
                holding.gaps());
    }

    /// The kernel gave back every rule of it.
    static Held readBack(Holding holding, long now, Predicate<Subject> present) {
        List<Subject> absent = holding.subjects().stream().filter(present.negate()).toList();
        return absent.size() == holding.subjects().size()
                ? describe(
                        holding,
                        now,
                        Held.State.WAITING,
                        new Refusal(Held.CGROUP_ABSENT, nobody(absent)),
                        holding.gaps())
                : describe(
                        holding,
                        now,
                        Held.State.HELD,
                        new Refusal("held", ""),
                        gaps(holding, absent));
    }

    /// Those that need somebody to make room come first: only so many are named.
    private static List<Gap> gaps(Holding holding, List<Subject> absent) {
        Set<Subject> named = new HashSet<>();
        holding.open().forEach(each -> named.add(each.subject()));
        List<Gap> gaps = new ArrayList<>(holding.gaps());
        absent.stream()
                .filter(each -> !named.contains(each))
                .forEach(each -> gaps.add(Gap.of(each, ABSENT)));
        return gaps;
    }

    private static String nobody(List<Subject> absent) {
        int others = absent.size() - MOST_NAMED;
        return absent.stream()
                .limit(MOST_NAMED)
                .map(Subject::name)
                .collect(
                        Collectors.joining(
                                ", ",
                                "No cgroup ",
                                (others > 0 ? " and " + others + " more" : "")
                                        + " now; it is cut as soon as it appears."));
    }

    private static Held describe(
            Holding holding, long now, Held.State state, Refusal why, List<Gap> gaps) {
        return new Held(
                holding.deny().id(),
                state,
                why.code(),
                why.sentence(),
                Duration.ofNanos(Math.max(0, holding.expiry() - now)),
                holding.entries().size(),
                holding.deny().caveats(),
                gaps);
    }
}
