package dev.firebreak.chatops.grammar;

import static dev.firebreak.chatops.grammar.Verb.verb;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Ttl;
import java.util.List;

/// The verbs about containments.
final class ContainmentVerbs {

    private static final Reason NOT_GIVEN = new Reason("no reason given");

    static final List<Verb> ALL =
            List.of(
                    asking(
                                    "contain",
                                    "SCOPE [--to SCOPE] --ttl DUR --reason TEXT"
                                            + " [--direction ingress|egress|both] [--ports 443,5432/tcp]"
                                            + " [--on ENFORCER] [--incident ID] [--dry-run]",
                                    "cuts traffic for a limited time",
                                    "contain payments/checkout --to cidr/203.0.113.0/24 --ttl 30m"
                                            + " --reason beaconing to a known C2")
                            .required("--ttl", "DUR")
                            .required("--reason", "TEXT")
                            .value("--incident", "ID")
                            .flag("--dry-run")
                            .makes(ContainmentVerbs::contain),
                    asking(
                                    "plan",
                                    "SCOPE [--to SCOPE] [--direction ingress|egress|both]"
                                            + " [--ports 443,5432/tcp] [--on ENFORCER]",
                                    "shows what a contain would come to, and changes nothing",
                                    "plan env/staging --to cidr/203.0.113.0/24")
                            .value("--ttl", "DUR")
                            .value("--reason", "TEXT")
                            .value("--incident", "ID")
                            .flag("--dry-run")
                            .makes(given -> new Request.DrawPlan(ask(given))),
                    verb(
                                    "extend",
                                    "C-ID --ttl DUR --reason TEXT",
                                    "ends a containment that much later",
                                    "extend C-7F3K9QX --ttl 30m --reason image still being rebuilt")
                            .argument("C-ID")
                            .required("--ttl", "DUR")
                            .required("--reason", "TEXT")
                            .makes(given ->
                                    new Request.Extend(
                                            containment(given), ttl(given), reason(given))),
                    verb(
                                    "shorten",
                                    "C-ID --ttl DUR --reason TEXT",
                                    "ends a containment that long from now",
                                    "shorten C-7F3K9QX --ttl 5m --reason patch is out")
                            .argument("C-ID")
                            .required("--ttl", "DUR")
                            .required("--reason", "TEXT")
                            .makes(given ->
                                    new Request.Shorten(
                                            containment(given), ttl(given), reason(given))),
                    verb(
                                    "release",
                                    "C-ID [--reason TEXT]",
                                    "ends a containment now",
                                    "release C-7F3K9QX --reason clean image deployed")
                            .argument("C-ID")
                            .value("--reason", "TEXT")
                            .makes(given ->
                                    new Request.Release(
                                            containment(given),
                                            given.or("--reason", NOT_GIVEN, Reason::new))),
                    verb("approve", "C-ID", "says the second person's yes", "approve C-7F3K9QX")
                            .argument("C-ID")
                            .makes(given -> new Request.Approve(containment(given))),
                    verb(
                                    "decline",
                                    "C-ID --reason TEXT",
                                    "says no to one that waits for approval, or takes it back",
                                    "decline C-7F3K9QX --reason wrong workload")
                            .argument("C-ID")
                            .required("--reason", "TEXT")
                            .makes(given -> new Request.Decline(containment(given), reason(given))),
                    verb(
                                    "status",
                                    "[C-ID]",
                                    "shows what is contained now, or one containment",
                                    "status C-7F3K9QX")
                            .argumentIfAny("C-ID")
                            .makes(ContainmentVerbs::status));

    private ContainmentVerbs() {}

    private static Verb.Draft asking(String name, String form, String purpose, String example) {
        return verb(name, form, purpose, example)
                .argument("SCOPE")
                .value("--to", "SCOPE")
                .value("--direction", "DIRECTION")
                .value("--ports", "PORTS")
                .values("--on", "ENFORCER");
    }

    private static Request contain(Given given) {
        var ask = ask(given);
        var ttl = ttl(given);
        var reason = reason(given);
        var incident = given.or("--incident", IncidentId.NONE, IncidentId::new);
        return given.has("--dry-run")
                ? new Request.DrawPlan(ask)
                : new Request.Contain(ask, ttl, reason, incident);
    }

    private static Ask ask(Given given) {
        return new Ask(
                Effect.DENY,
                given.at(0, Scope::parse),
                given.or("--to", Peer.EVERYONE, Peer::parse),
                given.or("--direction", Direction.BOTH, ContainmentVerbs::direction),
                given.or("--ports", Ports.ALL, Ports::parse),
                given.list("--on", EnforcerName::parse));
    }

    private static Direction direction(String text) {
        return Given.oneOf("direction", Direction.values(), text);
    }

    private static Request status(Given given) {
        return given.hasArgument()
                ? new Request.ShowContainment(containment(given))
                : new Request.ShowActive();
    }

    static ContainmentId containment(Given given) {
        return given.at(0, ContainmentId::parse);
    }

    static Reason reason(Given given) {
        return given.required("--reason", Reason::new);
    }

    private static Ttl ttl(Given given) {
        return given.required("--ttl", ContainmentVerbs::ttl);
    }

    private static Ttl ttl(String text) {
        if (!text.isEmpty()
                && text.length() < 10
                && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidTerm(
                    "'%s' has no unit: type --ttl %sm for minutes or --ttl %sh for hours."
                            .formatted(text, text, text));
        }
        return Ttl.parse(text);
    }
}
