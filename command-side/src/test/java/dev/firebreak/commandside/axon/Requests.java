package dev.firebreak.commandside.axon;

import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.Cast.ROB;

import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.containment.ContainmentCommand.ExtendContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ReleaseContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/// Commands as surfaces send them, one containment for each number.
public final class Requests {

    public static final Instant END = NOON.plus(Duration.ofMinutes(30));

    public static final Reason WHY = new Reason("beacons");

    private Requests() {}

    public static Ask ask(int number) {
        return new Ask(
                Effect.DENY,
                Scope.parse("payments/checkout-" + number),
                Peer.EVERYONE,
                Direction.BOTH,
                Ports.ALL,
                List.of());
    }

    public static ContainmentId id(int number) {
        return ContainmentId.of(ask(number), 0);
    }

    public static String stream(int number) {
        return "containment/" + id(number);
    }

    public static Plan plan(int number, int members) {
        var part =
                new Part(
                        EnforcerName.parse("host/web-1"),
                        List.of(new Subject.WholeHost()),
                        List.of());
        return new Plan(
                ask(number),
                List.of(part),
                List.of(),
                new Reach(members, 40, List.of(), List.of()),
                List.of());
    }

    public static RequestContainment request(int number, Responder by) {
        return request(number, 1, by);
    }

    public static RequestContainment request(int number, int members, Responder by) {
        return new RequestContainment(
                id(number),
                plan(number, members),
                Ttl.ofMinutes(30),
                WHY,
                IncidentId.NONE,
                by,
                NOON);
    }

    public static ReleaseContainment release(int number, Responder by) {
        return new ReleaseContainment(id(number), ReleaseCause.PERSON, "over", by, END);
    }

    public static ReleaseContainment expire(int number, Instant at) {
        return new ReleaseContainment(id(number), ReleaseCause.EXPIRY, "", Responder.FIREBREAK, at);
    }

    public static ExtendContainment extend(int number, Instant at) {
        return new ExtendContainment(id(number), Ttl.ofMinutes(10), WHY, ROB, at);
    }

    public static Origin sentBy(Responder by) {
        return sentBy(by, "");
    }

    public static Origin sentBy(Responder by, String key) {
        return new Origin(by, Surface.REST, UUID.randomUUID(), key);
    }

    public static Origin alarm() {
        return Origin.firebreak(Surface.ALARM, UUID.randomUUID());
    }
}
