package dev.firebreak.cli;

import static dev.firebreak.cli.Looks.gap;
import static dev.firebreak.cli.Looks.text;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.cli.Table.Column;
import java.util.ArrayList;
import java.util.List;

/// How what happened, and what was to be denied at a moment of the past, look to a person.
record PastLooks(Times times) {

    private static final int MAX_ABOUT = 3;

    /// Of one containment.
    List<String> life(JsonNode lines) {
        return timeline(lines, List.of());
    }

    /// Of all that happened: each line names the containments it is about.
    List<String> timeline(JsonNode lines) {
        return timeline(lines, List.of(new Column("ABOUT", PastLooks::about)));
    }

    private List<String> timeline(JsonNode lines, List<Column> about) {
        var columns = new ArrayList<Column>();
        columns.add(Column.of("#", "position"));
        columns.add(new Column("AT", line -> times.both(begun(line))));
        columns.add(Column.of("BY", "by"));
        columns.add(Column.of("FROM", "surface"));
        columns.addAll(about);
        columns.add(Column.of("WHAT", "sentence"));
        return Table.of(lines, "Nothing happened.", columns);
    }

    /// What repeats itself stands where it began.
    private static JsonNode begun(JsonNode line) {
        return line.path(line.hasNonNull("firstAt") ? "firstAt" : "at");
    }

    /// A batch of denied traffic may be about many.
    private static String about(JsonNode line) {
        var all = line.path("containments");
        var named = new ArrayList<String>();
        all.forEach(each -> named.add(Plain.text(each)));
        return named.size() <= MAX_ABOUT
                ? String.join(", ", named)
                : "%s and %d more"
                        .formatted(
                                String.join(", ", named.subList(0, MAX_ABOUT)),
                                named.size() - MAX_ABOUT);
    }

    List<String> active(JsonNode replay) {
        var lines = new ArrayList<String>();
        lines.add(
                "At %s, by the log up to %s:"
                        .formatted(times.both(replay.path("at")), text(replay, "position")));
        lines.addAll(
                Table.of(
                        replay.path("denies"),
                        "Nothing was to be denied.",
                        List.of(
                                Column.of("ID", "containment"),
                                Column.of("HELD", "held"),
                                Column.of("SUBJECT", "subject"),
                                Column.of("PEER", "peer"),
                                Column.of("PORTS", "ports"),
                                new Column("UNTIL", deny -> times.both(deny.path("expiresAt"))),
                                Column.of("BY", "requestedBy"),
                                Column.of("REASON", "reason"))));
        replay.path("denies").forEach(deny -> lines.addAll(notCovered(deny)));
        if (replay.path("unreadable").asLong() > 0) {
            lines.add(
                    "%s entries of the log could not be read by this release."
                            .formatted(text(replay, "unreadable")));
        }
        return lines;
    }

    /// Whom its enforcers had said that they do not cut.
    private static List<String> notCovered(JsonNode deny) {
        var lines = new ArrayList<String>();
        for (var part : deny.path("parts")) {
            for (var gap : part.path("gaps")) {
                lines.add(
                        "%s was not covered on %s: %s"
                                .formatted(
                                        text(deny, "containment"),
                                        text(part, "enforcer"),
                                        gap(gap)));
            }
        }
        return lines;
    }
}
