package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.Held;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.segmentation.KnownWorkload;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Who is said to run on a host, for naming those whom an enforcer calls by their cgroup.
final class Residents {

    private static final int MAX_NAMED = 3;

    /// An enforcer's way to write a path that is too long to be written whole.
    private static final String TAIL_ONLY = "…";

    private final Supplier<List<KnownWorkload.InCgroup>> onHost;

    Residents(Supplier<List<KnownWorkload.InCgroup>> onHost) {
        this.onHost = onHost;
    }

    /// Whom an enforcer does not cut, in words for a responder.
    List<Gap> gaps(Held held) {
        return held.gaps().stream().map(this::gap).toList();
    }

    private Gap gap(Held.Unheld unheld) {
        var why = unheld.why().isBlank() ? "no reason was given" : unheld.why();
        var code = unheld.code().isBlank() ? "no code" : unheld.code();
        return new Gap(named(unheld.subject()), "%s (%s)".formatted(why, code));
    }

    /// `shop/cart in cgroup /shop/cart`; what nobody is said to run in stays as it is.
    private String named(String subject) {
        if (subject.equals("/")) {
            return "the whole host";
        }
        if (!subject.startsWith("/") && !subject.startsWith(TAIL_ONLY)) {
            return subject;
        }
        var names =
                onHost.get().stream()
                        .filter(each -> isAt(each.cgroup().value(), subject))
                        .map(each -> each.workload().toString())
                        .distinct()
                        .limit(MAX_NAMED)
                        .collect(Collectors.joining(", "));
        return names.isEmpty() ? "cgroup " + subject : "%s in cgroup %s".formatted(names, subject);
    }

    private static boolean isAt(String path, String subject) {
        return subject.startsWith(TAIL_ONLY)
                ? path.endsWith(subject.substring(TAIL_ONLY.length()))
                : path.equals(subject);
    }
}
