package dev.firebreak.cli;

import static dev.firebreak.cli.Looks.gap;
import static dev.firebreak.cli.Looks.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How one containment, and the plan of one, look to a person who reads all of it.
record ContainmentLooks(Times times) {

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
}
