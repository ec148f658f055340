package dev.firebreak.service.rest;

import dev.firebreak.commandside.command.Plans;
import dev.firebreak.commandside.command.Plans.Drawn;
import dev.firebreak.commandside.command.Plans.Unknown;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.queryside.Views;
import dev.firebreak.queryside.containment.ContainmentView;
import dev.firebreak.service.security.Asking;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an ask would come to. Drawing a plan changes nothing.
@Path("/api/v1/plans")
@Produces(MediaType.APPLICATION_JSON)
public class PlansResource {

    private final Plans plans;
    private final Guardrails guardrails;
    private final Asking asking;
    private final Shown shown;
    private final Views views;
    private final Clock clock;

    PlansResource(
            Plans plans,
            Guardrails guardrails,
            Asking asking,
            Shown shown,
            Views views,
            Clock clock) {
        this.plans = plans;
        this.guardrails = guardrails;
        this.asking = asking;
        this.shown = shown;
        this.views = views;
        this.clock = clock;
    }

    record PlanView(
            ContainmentId containment,
            PlanHash hash,
            Ask ask,
            List<PartView> parts,
            List<Gap> gaps,
            Reach reach,
            List<String> protectedBy,
            @Nullable String approval, // absent when no second person is needed
            @Nullable ContainmentView already) {} // absent when nobody has asked for it yet

    /// One enforcer's share, why it would hold nothing of it now, and what it refuses by its own
    /// law.
    record PartView(
            EnforcerName enforcer,
            List<Subject> subjects,
            List<CidrBlock> peers,
            @Nullable String hindered, // absent when it is heard
            @Nullable String law) {} // absent when that has nothing against it

    @POST
    public Response draw(AskBody body) {
        return switch (plans.draw(body.ask())) {
            case Drawn drawn -> Response.ok(view(drawn)).build();
            case Unknown(var refusal) -> Answers.refused(refusal);
        };
    }

    private PlanView view(Drawn drawn) {
        var plan = drawn.plan();
        return new PlanView(
                drawn.containment(),
                plan.hash(),
                plan.ask(),
                parts(drawn),
                plan.gaps(),
                plan.reach(),
                plan.protectedBy(),
                guardrails.approvalNeeded(plan, asking.responder(), clock.instant()).orElse(null),
                shown.find(drawn.containment()).orElse(null));
    }

    private List<PartView> parts(Drawn drawn) {
        var plan = drawn.plan();
        var enforcers = plan.parts().stream().map(Part::enforcer).toList();
        var hindered = views.enforcers().hindered(enforcers, clock.instant());
        return plan.parts().stream()
                .map(part ->
                        new PartView(
                                part.enforcer(),
                                part.subjects(),
                                part.peers(),
                                hindered.get(part.enforcer()),
                                drawn.laws().get(part.enforcer())))
                .toList();
    }
}
