package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Looks whether everything that a containment from this terminal needs is there, one line each.
final class Doctor {

    /// A second or two pass on the way.
    private static final Duration CLOCKS_AGREE = Duration.ofSeconds(3);

    /// The sweep looks every ten seconds; what is held much longer than that is held too long.
    private static final Duration OVERDUE = Duration.ofMinutes(1);

    private final Rest rest;
    private final Times times;
    private final Instant now;
    private final List<Finding> findings = new ArrayList<>();
    private Exit worst = Exit.OK;

    private record Finding(String check, boolean ok, String sentence) {}

    Doctor(Rest rest, Terminal terminal) {
        this.rest = rest;
        times = new Times(terminal.clock(), terminal.zone());
        now = terminal.clock().instant();
    }

    Shown look() {
        try {
            var me = rest.get("whoami");
            fine("service", "the service answers and knows this token");
            fine(
                    "whoami",
                    "you are %s, with the role %s"
                            .formatted(Looks.text(me, "name"), Looks.text(me, "role")));
            status(rest.get("status"));
        } catch (Stop stop) {
            wrong("service", stop.sentence(), stop.exit());
        }
        var json = Bodies.empty().put("well", worst == Exit.OK);
        var all = json.putArray("findings");
        findings.forEach(each ->
                all.addObject()
                        .put("check", each.check())
                        .put("ok", each.ok())
                        .put("sentence", each.sentence()));
        return Shown.of(
                        json,
                        findings.stream()
                                .map(each -> (each.ok() ? "ok     " : "WRONG  ") + each.sentence())
                                .toList())
                .ending(worst);
    }

    private void status(JsonNode status) {
        clock(status.path("now"));
        var lag = status.path("lag").asLong();
        if (lag == 0) {
            fine("views", "what is shown is as of now");
        } else {
            wrong("views", "what is shown is %d log entries behind".formatted(lag));
        }
        status.path("broken")
                .forEach(each ->
                        wrong("followers", Plain.text(each) + " has stopped following the log"));
        if (!Looks.text(status, "noLocalEnforcer").isEmpty()) {
            fine(
                    "local-enforcer",
                    "this machine does not enforce: " + Looks.text(status, "noLocalEnforcer"));
        }
        enforcers(status.path("enforcers"));
        status.path("active").forEach(this::containment);
    }

    /// By the wrong clock a person reads the wrong end.
    private void clock(JsonNode service) {
        Times.instant(service)
                .map(theirs -> Duration.between(theirs, now))
                .ifPresent(ahead -> {
                    if (ahead.abs().compareTo(CLOCKS_AGREE) <= 0) {
                        fine("clock", "this terminal's clock agrees with the service's");
                    } else {
                        wrong(
                                "clock",
                                "this terminal's clock is %s %s the service's, which says %s"
                                        .formatted(
                                                Times.text(ahead.abs()),
                                                ahead.isNegative() ? "behind" : "ahead of",
                                                times.both(service)));
                    }
                });
    }

    private void containment(JsonNode view) {
        var said = "%s is %s".formatted(Looks.text(view, "id"), Looks.text(view, "state"));
        switch (Looks.text(view, "state")) {
            case "contained-except", "not-contained", "unknown" ->
                    wrong("containments", said + ": " + Looks.text(view, "stateText"));
            case "releasing" -> {
                var end = view.path(view.hasNonNull("endedAt") ? "endedAt" : "expiresAt");
                if (Times.instant(end)
                        .filter(due -> due.isBefore(now.minus(OVERDUE)))
                        .isPresent()) {
                    wrong(
                            "rollbacks",
                            "%s ended %s and is not gone everywhere: %s"
                                    .formatted(
                                            Looks.text(view, "id"),
                                            times.away(end),
                                            Looks.text(view, "stateText")));
                }
            }
            default -> {}
        }
    }

    private void enforcers(JsonNode enforcers) {
        if (enforcers.isEmpty()) {
            wrong(
                    "enforcers",
                    "no enforcer is enrolled, so nothing can be held: firebreak enforcers enrol host/NAME");
        }
        for (var enforcer : enforcers) {
            var text =
                    "%s is %s"
                            .formatted(
                                    Looks.text(enforcer, "enforcer"),
                                    Looks.text(enforcer, "state"));
            switch (Looks.text(enforcer, "state")) {
                case "connected" -> fine("enforcers", text);
                case "revoked" -> fine("enforcers", text + " and counts no more");
                default -> wrong("enforcers", text + ": " + Looks.text(enforcer, "stateText"));
            }
        }
    }

    private void fine(String check, String sentence) {
        findings.add(new Finding(check, true, sentence));
    }

    private void wrong(String check, String sentence) {
        wrong(check, sentence, Exit.FAILED);
    }

    private void wrong(String check, String sentence, Exit exit) {
        findings.add(new Finding(check, false, sentence));
        worst = worst == Exit.OK ? exit : worst;
    }
}
