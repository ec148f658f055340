package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.cli.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How the service's answers look to a person: its lists, and what was recorded. One containment in
/// full is in [ContainmentLooks], the past in [PastLooks].
record Looks(Times times) {

    List<String> containments(JsonNode views) {
        return Table.of(
                views,
                "Nothing is contained now, and nothing waits.",
                List.of(
                        Column.of("ID", "id"),
                        Column.of("STATE", "state"),
                        Column.of("SUBJECT", "subject"),
                        Column.of("PEER", "peer"),
                        Column.of("PORTS", "ports"),
                        new Column("ENDS", view -> times.away(view.path("expiresAt"))),
                        Column.of("BY", "requestedBy"),
                        Column.of("REASON", "reason")));
    }

    /// What has ended and is not read back as gone does not run; what would settle it is told.
    List<String> ending(JsonNode views) {
        var lines = new ArrayList<String>();
        views.forEach(view -> {
            if ("releasing".equals(text(view, "state"))) {
                lines.add("%s  %s".formatted(text(view, "id"), text(view, "stateText")));
            }
        });
        if (!lines.isEmpty()) {
            lines.addFirst("Ended, and not read back as gone from everywhere:");
        }
        return lines;
    }

    List<String> workloads(JsonNode views) {
        return Table.of(
                views,
                "No workload is known yet: firebreak deploy records one.",
                List.of(
                        new Column(
                                "WORKLOAD",
                                view -> text(view, view.has("workload") ? "workload" : "name")),
                        Column.of("ENV", "environment"),
                        Column.of("OWNER", "owner"),
                        new Column("RUNS AT", view -> placements(view.path("placements")))));
    }

    List<String> enforcers(JsonNode views) {
        return Table.of(
                views,
                "No enforcer is enrolled yet: firebreak enforcers enrol host/NAME.",
                List.of(
                        Column.of("ENFORCER", "enforcer"),
                        Column.of("STATE", "state"),
                        new Column("DENIES", Looks::held),
                        new Column("HEARD", this::heard),
                        Column.of("VERSION", "version"),
                        Column.of("MEANS", "stateText")));
    }

    /// A log that is older than what an enforcer obeyed does not know.
    private static String held(JsonNode enforcer) {
        var held = enforcer.path("deniesHeld");
        return held.isNumber() ? held.asText() : "unknown";
    }

    /// The log keeps no heartbeats, so of one that is connected it only knows older words.
    private String heard(JsonNode enforcer) {
        return switch (text(enforcer, "state")) {
            case "connected", "ahead" -> "just now";
            default -> times.away(enforcer.path("lastHeardAt"));
        };
    }

    List<String> responders(JsonNode views) {
        return Table.of(
                views,
                "Nobody may ask yet.",
                List.of(
                        Column.of("NAME", "name"),
                        new Column("ROLE", view -> text(view, "role").toLowerCase(Locale.ROOT)),
                        Column.of("SLACK", "slackUsers"),
                        new Column("TOKENS", view -> tokens(view.path("tokens")))));
    }

    private static String placements(JsonNode placements) {
        var texts = new ArrayList<String>();
        placements.forEach(each ->
                texts.add(
                        switch (text(each, "kind")) {
                            case "cgroup" -> text(each, "host") + ":" + text(each, "cgroup");
                            case "pods" -> text(each, "cluster") + ":" + text(each, "selector");
                            default -> text(each, text(each, "kind"));
                        }));
        return String.join(", ", texts);
    }

    private String tokens(JsonNode tokens) {
        var texts = new ArrayList<String>();
        tokens.forEach(each ->
                texts.add(
                        "%s until %s"
                                .formatted(text(each, "id"), times.utc(each.path("expiresAt")))));
        return String.join(", ", texts);
    }

    static String gap(JsonNode gap) {
        return "%s, because %s".formatted(text(gap, "what"), text(gap, "why"));
    }

    static String text(JsonNode node, String field) {
        return Plain.text(node.path(field));
    }

    /// A deployment opens no containment, and may have said what none could hold.
    List<String> recorded(JsonNode answer, String sentence) {
        var lines = new ArrayList<>(List.of(sentence));
        for (var cut : answer.path("containedBy")) {
            lines.add(
                    "%s goes on cutting it, also where it ran before, until %s; release it to let go."
                            .formatted(text(cut, "containment"), times.utc(cut.path("until"))));
        }
        for (var gap : answer.path("gaps")) {
            lines.add(
                    "It could not be contained now: %s: %s."
                            .formatted(text(gap, "what"), text(gap, "why")));
        }
        return lines;
    }
}
