package dev.firebreak.service.start;

import dev.firebreak.eventlog.term.Phrases;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/// What the network is left with by whoever stops Firebreak: enforcers let go by themselves, at the
/// end that each has taken, and nobody has to wait for that.
///
/// @param ends of the containments that have time left
record Farewell(List<Instant> ends) {

    Farewell {
        ends = List.copyOf(ends);
    }

    static Farewell at(Estate estate, Instant now) {
        return new Farewell(
                estate.activeContainments(now).stream()
                        .map(known -> known.stage())
                        .filter(Stage.Running.class::isInstance)
                        .map(stage -> ((Stage.Running) stage).expiresAt())
                        .toList());
    }

    String sentence() {
        return ends.stream()
                .max(Comparator.naturalOrder())
                .map(this::left)
                .orElse("Firebreak stops. No containment has time left.");
    }

    private String left(Instant last) {
        return "Firebreak stops. %s: what enforcers hold stays held, and opens by itself at its end%s %s."
                .formatted(
                        ends.size() == 1
                                ? "1 containment has time left"
                                : ends.size() + " containments have time left",
                        ends.size() == 1 ? "," : ", the last",
                        Phrases.time(last));
    }
}
