package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/// Looks whether everything that a containment from this terminal needs is there, one line each.
final class Doctor {

    private final Rest rest;
    private final Terminal terminal;
    private final List<String> lines = new ArrayList<>();
    private Exit worst = Exit.OK;

    Doctor(Rest rest, Terminal terminal) {
        this.rest = rest;
        this.terminal = terminal;
    }

    Shown look() {
        try {
            var me = rest.get("whoami");
            fine("the service answers and knows this token");
            fine(
                    "you are %s, with the role %s"
                            .formatted(Looks.text(me, "name"), Looks.text(me, "role")));
            status(rest.get("status"));
        } catch (Stop stop) {
            wrong(stop.sentence(), stop.exit());
        }
        fine("this terminal's clock says %s".formatted(terminal.clock().instant()));
        var json = Bodies.empty().put("well", worst == Exit.OK);
        lines.forEach(json.putArray("findings")::add);
        return Shown.of(json, lines).ending(worst);
    }

    private void status(JsonNode status) {
        var lag = status.path("lag").asLong();
        if (lag == 0) {
            fine("what is shown is as of now");
        } else {
            wrong("what is shown is %d log entries behind".formatted(lag), Exit.FAILED);
        }
        status.path("broken")
                .forEach(each ->
                        wrong(Plain.text(each) + " has stopped following the log", Exit.FAILED));
        if (!Looks.text(status, "noLocalEnforcer").isEmpty()) {
            fine("this machine does not enforce: " + Looks.text(status, "noLocalEnforcer"));
        }
        enforcers(status.path("enforcers"));
    }

    private void enforcers(JsonNode enforcers) {
        if (enforcers.isEmpty()) {
            wrong(
                    "no enforcer is enrolled, so nothing can be held: firebreak enforcers enrol host/NAME",
                    Exit.FAILED);
        }
        for (var enforcer : enforcers) {
            var text =
                    "%s is %s"
                            .formatted(
                                    Looks.text(enforcer, "enforcer"),
                                    Looks.text(enforcer, "state"));
            switch (Looks.text(enforcer, "state")) {
                case "connected" -> fine(text);
                case "revoked" -> fine(text + " and counts no more");
                default -> wrong(text + ": " + Looks.text(enforcer, "stateText"), Exit.FAILED);
            }
        }
    }

    private void fine(String text) {
        lines.add("ok     " + text);
    }

    private void wrong(String text, Exit exit) {
        lines.add("WRONG  " + text);
        worst = worst == Exit.OK ? exit : worst;
    }
}
