package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.cli.Table.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How each of the service's answers looks to a person.
record Looks(Times times) {

    private static final int MAX_ABOUT = 3;

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

    /// What somebody who asked is told before waiting for it to hold.
    List<String> received(JsonNode view, boolean stoodAlready) {
        var id = text(view, "id");
        return List.of(
                stoodAlready
                        ? standing(view)
                        : "Received as %s; there is no need to ask again.".formatted(id));
    }

    /// Of what was asked for before: a time to live does not start anew.
    private String standing(JsonNode view) {
        var id = text(view, "id");
        return view.hasNonNull("expiresAt")
                ? ("This was asked for already, as %s: %s. Its end stays %s, %s; to keep it longer:"
                                + " firebreak extend %s --ttl 30m --reason …")
                        .formatted(
                                id,
                                text(view, "stateText"),
                                times.both(view.path("expiresAt")),
                                times.away(view.path("expiresAt")),
                                id)
                : "This was asked for already, as %s, and waits for a second person's yes."
                        .formatted(id);
    }

    List<String> containment(JsonNode view) {
        var lines = new ArrayList<String>();
        lines.add("%s  %s".formatted(text(view, "id"), text(view, "stateText")));
        lines.addAll(
                Table.pairs(
                        List.of(
                                List.of("  state", text(view, "state")),
                                List.of("  cuts", cut(view)),
                                List.of("  ports", text(view, "ports")),
                                List.of("  reason", text(view, "reason")),
                                List.of("  incident", text(view, "incident")),
                                List.of("  asked by", text(view, "requestedBy")),
                                List.of("  approved by", text(view, "approvedBy")),
                                List.of("  asked", times.both(view.path("requestedAt"))),
                                List.of("  ends", end(view)),
                                List.of("  waits", waits(view)),
                                List.of("  reach", reach(view.path("reach"))),
                                List.of(
                                        "  now",
                                        present(view.path("present"), view.path("reach"))))));
        view.path("parts").forEach(part -> lines.add("  on " + part(part)));
        neighbours(view.path("reach")).forEach(lines::add);
        view.path("gaps").forEach(gap -> lines.add("  not covered: " + gap(gap)));
        return lines;
    }

    List<String> plan(JsonNode plan) {
        var lines = new ArrayList<String>();
        lines.add(
                "Nothing has been done. This is what it comes to, as %s:"
                        .formatted(text(plan, "containment")));
        lines.addAll(
                Table.pairs(
                        List.of(
                                List.of("  would cut", cut(plan.path("ask"))),
                                List.of("  ports", text(plan.path("ask"), "ports")),
                                List.of("  workloads", reach(plan.path("reach"))),
                                List.of("  owners", text(plan.path("reach"), "owners")),
                                List.of("  plan", text(plan, "hash")))));
        plan.path("parts").forEach(part -> lines.add("  on " + planned(part)));
        neighbours(plan.path("reach")).forEach(lines::add);
        plan.path("gaps").forEach(gap -> lines.add("  cannot be covered: " + gap(gap)));
        plan.path("protectedBy")
                .forEach(each ->
                        lines.add("  protected, so it will be refused: " + Plain.text(each)));
        if (plan.path("already").isObject()) {
            lines.add("  " + standing(plan.path("already")));
        }
        if (!text(plan, "approval").isEmpty()) {
            lines.add("  waits for a second person, because " + text(plan, "approval"));
        }
        return lines;
    }

    private static String planned(JsonNode part) {
        return "%s: %d to hold, against %s%s%s"
                .formatted(
                        text(part, "enforcer"),
                        part.path("subjects").size(),
                        part.path("peers").isEmpty() ? "everyone" : text(part, "peers"),
                        but(text(part, "hindered")),
                        but(text(part, "law")));
    }

    private static String but(String why) {
        return why.isEmpty() ? "" : "; but " + why;
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

    /// Of one containment.
    List<String> life(JsonNode lines) {
        return timeline(lines, List.of());
    }

    /// Of all that happened: each line names the containments it is about.
    List<String> timeline(JsonNode lines) {
        return timeline(lines, List.of(new Column("ABOUT", Looks::about)));
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

    private static String cut(JsonNode ask) {
        var subject = text(ask, "subject");
        var peer = text(ask, "peer");
        return switch (text(ask, "direction").toLowerCase(Locale.ROOT)) {
            case "egress" -> "traffic from %s to %s".formatted(subject, peer);
            case "ingress" -> "traffic from %s to %s".formatted(peer, subject);
            default -> "traffic between %s and %s".formatted(subject, peer);
        };
    }

    private String end(JsonNode view) {
        if (view.hasNonNull("endedAt")) {
            return "ended " + times.both(view.path("endedAt"));
        }
        return view.hasNonNull("expiresAt")
                ? "%s, %s"
                        .formatted(
                                times.both(view.path("expiresAt")),
                                times.away(view.path("expiresAt")))
                : "";
    }

    private String waits(JsonNode view) {
        var approval = view.path("approval");
        return approval.isObject() && "awaiting-approval".equals(text(view, "state"))
                ? "for a second person, because %s; without a yes, no at %s"
                        .formatted(text(approval, "because"), times.both(approval.path("lapsesAt")))
                : "";
    }

    /// Nothing where it is as it was decided.
    private static String present(JsonNode present, JsonNode decided) {
        var now = present.path("reach").path("members").asInt();
        var then = decided.path("members").asInt();
        var leftOut = present.path("leftOut").asInt();
        if (!present.isObject() || (now == then && leftOut == 0)) {
            return "";
        }
        return (now == 0 ? "nobody is said to be in it" : reach(present.path("reach")))
                + (now < then ? "; what was cut stays cut" : "")
                + (present.path("atMost").isInt()
                        ? "; at most %s".formatted(text(present, "atMost"))
                        : "")
                + (leftOut > 0
                        ? "; left out %d: %s".formatted(leftOut, text(present, "names"))
                        : "");
    }

    private static String reach(JsonNode reach) {
        return reach.isObject()
                ? "%s of the fleet's %s: %s"
                        .formatted(
                                text(reach, "members"), text(reach, "fleet"), text(reach, "names"))
                : "";
    }

    /// Who is cut without being asked for.
    private static List<String> neighbours(JsonNode reach) {
        var lines = new ArrayList<String>();
        reach.path("neighbours")
                .forEach(each ->
                        lines.add(
                                "  also cuts %s, because %s"
                                        .formatted(text(each, "workload"), text(each, "why"))));
        return lines;
    }

    private static String part(JsonNode part) {
        var text =
                new StringBuilder(text(part, "enforcer")).append(": ").append(text(part, "state"));
        if (!text(part, "sentence").isEmpty()) {
            text.append(", ").append(text(part, "sentence"));
        }
        text.append(sessions(part));
        var but = "; but ";
        for (var caveat : part.path("caveats")) {
            text.append(but).append(Plain.text(caveat));
            but = "; ";
        }
        part.path("gaps").forEach(each -> text.append("; not covered: ").append(gap(each)));
        return text.toString();
    }

    private static String sessions(JsonNode part) {
        var ended = part.path("sessionsEnded").asInt();
        var open = part.path("sessionsSurviving").asInt();
        return ended + open == 0
                ? ""
                : " (%d %s ended, %d still open)"
                        .formatted(ended, ended == 1 ? "session" : "sessions", open);
    }

    private static String gap(JsonNode gap) {
        return "%s, because %s".formatted(text(gap, "what"), text(gap, "why"));
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
