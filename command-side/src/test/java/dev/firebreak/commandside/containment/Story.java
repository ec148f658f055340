package dev.firebreak.commandside.containment;

import static dev.firebreak.commandside.Cast.ANN;
import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.Cast.ROB;

import dev.firebreak.commandside.Cast;
import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.containment.ContainmentCommand.ApproveContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.DeclineContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ExtendContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.LapseApproval;
import dev.firebreak.commandside.containment.ContainmentCommand.RecordEnforcement;
import dev.firebreak.commandside.containment.ContainmentCommand.RecordLeftOut;
import dev.firebreak.commandside.containment.ContainmentCommand.ReleaseContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ShortenContainment;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Sessions;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// One containment's life as a test tells it: commands in, events out, nothing else.
final class Story {

    static final EnforcerName WEB_1 = EnforcerName.parse("host/web-1");
    static final EnforcerName WEB_2 = EnforcerName.parse("host/web-2");
    static final EnforcerName WEB_3 = EnforcerName.parse("host/web-3");

    static final Reason WHY = new Reason("beacons to a known address");
    static final Ttl HALF_AN_HOUR = Ttl.ofMinutes(30);
    static final Reach SMALL = new Reach(1, 40, List.of("payments/checkout"), List.of("payments"));
    static final Reach LARGE = new Reach(12, 40, List.of(), List.of("payments"));
    static final Ask ASK = ask(Effect.DENY, "payments/checkout");
    static final ContainmentId ID = ContainmentId.of(ASK, 0);

    private final List<ContainmentEvent> events = new ArrayList<>();
    private final Guardrails guardrails;
    private Containment state = Containment.UNASKED;

    Story(Guardrails guardrails) {
        this.guardrails = guardrails;
    }

    static Story untold() {
        return new Story(Cast.GUARDRAILS);
    }

    /// Ordered at noon for half an hour, on these enforcers.
    static Story running(EnforcerName... enforcers) {
        var story = untold();
        story.when(request(plan(SMALL, enforcers), ROB));
        return story;
    }

    /// Asked for by Rob at noon, and large enough to need a second person.
    static Story awaiting() {
        var story = untold();
        story.when(request(plan(LARGE, WEB_1), ROB));
        return story;
    }

    static Story released(EnforcerName... enforcers) {
        var story = running(enforcers);
        story.when(release(ReleaseCause.PERSON, ROB, NOON.plusSeconds(60)));
        return story;
    }

    Decision<ContainmentEvent> when(ContainmentCommand command) {
        var decision = Containment.decide(state, command, guardrails);
        for (var event : decision.events()) {
            state = Containment.evolve(state, event);
            events.add(event);
        }
        return decision;
    }

    Containment state() {
        return state;
    }

    List<ContainmentEvent> events() {
        return List.copyOf(events);
    }

    PlanHash planHash() {
        return ((Containment.Awaiting) state).plan();
    }

    static Ask ask(Effect effect, String subject) {
        return new Ask(
                effect, Scope.parse(subject), Peer.EVERYONE, Direction.BOTH, Ports.ALL, List.of());
    }

    static Plan plan(Reach reach, EnforcerName... enforcers) {
        var parts =
                Arrays.stream(enforcers)
                        .map(e -> new Part(e, List.of(new Subject.WholeHost()), List.of()))
                        .toList();
        return new Plan(ASK, parts, List.of(), reach, List.of());
    }

    static Plan planWithGaps(Gap... gaps) {
        return new Plan(ASK, List.of(), List.of(gaps), SMALL, List.of());
    }

    static RequestContainment request(Plan plan, Responder by) {
        return request(plan, HALF_AN_HOUR, by, NOON);
    }

    static RequestContainment request(Plan plan, Ttl ttl, Responder by, Instant at) {
        return new RequestContainment(ID, plan, ttl, WHY, IncidentId.NONE, by, at);
    }

    static ApproveContainment approve(PlanHash plan, Responder by, Instant at) {
        return new ApproveContainment(ID, plan, by, at);
    }

    static DeclineContainment decline(Responder by, Instant at) {
        return new DeclineContainment(ID, new Reason("not this one"), by, at);
    }

    static LapseApproval lapse(Instant at) {
        return new LapseApproval(ID, at);
    }

    static ExtendContainment extend(Ttl longer, Responder by, Instant at) {
        return new ExtendContainment(ID, longer, WHY, by, at);
    }

    static ShortenContainment shorten(Ttl remaining, Responder by, Instant at) {
        return new ShortenContainment(ID, remaining, WHY, by, at);
    }

    static ReleaseContainment release(ReleaseCause cause, Responder by, Instant at) {
        return new ReleaseContainment(ID, cause, "", by, at);
    }

    static ReleaseContainment expire(Instant at) {
        return release(ReleaseCause.EXPIRY, Responder.FIREBREAK, at);
    }

    static RecordEnforcement reports(Instant at, PartReport... reports) {
        return new RecordEnforcement(ID, List.of(reports), at);
    }

    static RecordLeftOut leftOut(int leftOut, Instant at) {
        return new RecordLeftOut(ID, leftOut, List.of(), 5, at);
    }

    static PartReport report(EnforcerName enforcer, long generation, PartState state) {
        return report(enforcer, generation, state, NOON.plusSeconds(generation));
    }

    static PartReport report(EnforcerName enforcer, long generation, PartState state, Instant at) {
        return new PartReport(
                enforcer, generation, state, "as seen", List.of(), List.of(), Sessions.NONE, at);
    }

    /// Every kind of command, from somebody who may give it at this moment.
    static List<ContainmentCommand> everyCommand(Responder by, PlanHash plan, Instant at) {
        return List.of(
                request(plan(SMALL, WEB_1), HALF_AN_HOUR, by, at),
                approve(plan, by, at),
                decline(by, at),
                extend(Ttl.ofMinutes(5), by, at),
                shorten(Ttl.ofMinutes(5), by, at),
                release(ReleaseCause.PERSON, by, at),
                release(ReleaseCause.ROLLBACK, by, at));
    }

    static Story approvedByAnn() {
        var story = awaiting();
        story.when(approve(story.planHash(), ANN, NOON.plusSeconds(60)));
        return story;
    }
}
