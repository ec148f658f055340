package dev.firebreak.chatops;

import dev.firebreak.chatops.Reply.Card;
import dev.firebreak.chatops.Reply.Offer;
import dev.firebreak.chatops.grammar.Grammar;
import dev.firebreak.chatops.grammar.Request;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.LogUnavailable;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Plans;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Responder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What is answered to whom. It keeps nothing between two requests, and decides nothing itself:
/// every change goes through [Commands], with the one who asks and the key of this very request.
public final class Conversation {

    private static final int MAX_SHOWN = 20;
    private static final String UNSEEN = "whether it is heard cannot be seen right now";

    private final Commands commands;
    private final Plans plans;
    private final Readings readings;
    private final Answers answers;

    public Conversation(Commands commands, Plans plans, Readings readings) {
        this.commands = commands;
        this.plans = plans;
        this.readings = readings;
        answers = new Answers(readings);
    }

    /// Answers a request. A contain is answered with its plan and an offer to apply it.
    public Reply answer(Request request, Origin origin, Instant now) {
        return answeringFor(() ->
                switch (request) {
                    case Request.ShowActive _ -> running();
                    case Request.ShowContainment(var id) -> containment(id);
                    case Request.DrawPlan(var ask) -> plan(ask, origin.by());
                    case Request.Contain contain -> offer(contain, origin.by());
                    case Request.WhoAmI _ -> answers.whoAmI(origin.by());
                    case Request.Help(var verb) -> help(verb);
                    case Request.ListEnforcers _ ->
                            answers.lines("enforcers", readings.enforcers(MAX_SHOWN));
                    case Request.ListResponders _ ->
                            answers.lines("responders", readings.responders(MAX_SHOWN));
                    case Request.ListWorkloads _ ->
                            answers.lines("workloads", readings.workloads(MAX_SHOWN));
                    case Request.Approve(var id) -> approve(id, origin, now);
                    case Request.Change change -> send(change, origin, now);
                    case Request.OnTerminal _ -> answers.terminalOnly();
                });
    }

    /// Orders a containment, if it still comes to what was looked at.
    public Reply apply(Offer offer, Origin origin, Instant now) {
        return answeringFor(() ->
                switch (plans.draw(offer.request().ask())) {
                    case Plans.Unknown(var refusal) -> answers.refused(refusal);
                    case Plans.Drawn drawn -> apply(drawn, offer, origin, now);
                });
    }

    private Reply apply(Plans.Drawn drawn, Offer offer, Origin origin, Instant now) {
        if (!drawn.plan().hash().equals(offer.looked())) {
            return answers.planMoved(card(drawn, offer.request(), origin.by()));
        }
        var command = Asking.containment(drawn, offer.request(), origin.by(), now);
        return answers.ordered(drawn, commands.send(command, origin));
    }

    /// Says yes to exactly the plan whose card was looked at.
    public Reply approve(ContainmentId id, PlanHash looked, Origin origin, Instant now) {
        return answeringFor(() ->
                answers.decided(
                        Asking.approval(id, looked, origin.by(), now),
                        commands.send(Asking.approval(id, looked, origin.by(), now), origin)));
    }

    private Reply approve(ContainmentId id, Origin origin, Instant now) {
        return readings.containment(id)
                .map(reading -> approve(id, reading.plan(), origin, now))
                .orElseGet(() -> answers.unknown(id));
    }

    private Reply running() {
        return answers.running(readings.running(MAX_SHOWN), MAX_SHOWN);
    }

    private Reply containment(ContainmentId id) {
        return readings.containment(id)
                .map(reading -> Reply.shown(reading.stateText(), new Card.OfContainment(reading)))
                .orElseGet(() -> answers.unknown(id));
    }

    private Reply plan(Ask ask, Responder by) {
        return switch (plans.draw(ask)) {
            case Plans.Unknown(var refusal) -> answers.refused(refusal);
            case Plans.Drawn(var id, var plan, var laws) ->
                    answers.plan(
                            new Card.OfPlan(
                                    id,
                                    plan,
                                    laws,
                                    hindered(plan),
                                    Optional.empty(),
                                    readings.secondPerson(plan, by),
                                    standing(id)));
        };
    }

    private Reply offer(Request.Contain contain, Responder by) {
        return switch (plans.draw(contain.ask())) {
            case Plans.Unknown(var refusal) -> answers.refused(refusal);
            case Plans.Drawn drawn -> answers.plan(card(drawn, contain, by));
        };
    }

    private Card.OfPlan card(Plans.Drawn drawn, Request.Contain contain, Responder by) {
        var plan = drawn.plan();
        var standing = standing(drawn.containment());
        var orderable =
                !plan.parts().isEmpty() && plan.protectedBy().isEmpty() && standing.isEmpty();
        return new Card.OfPlan(
                drawn.containment(),
                plan,
                drawn.laws(),
                hindered(plan),
                orderable ? Optional.of(new Offer(contain, plan.hash())) : Optional.empty(),
                readings.secondPerson(plan, by),
                standing);
    }

    /// To ask for it once more would change nothing. With the views away that is found out when it
    /// is asked for.
    private Optional<ContainmentReading> standing(ContainmentId id) {
        try {
            return readings.containment(id).filter(reading -> !reading.state().isOver());
        } catch (Unavailable away) {
            return Optional.empty();
        }
    }

    /// With the views away nobody is taken to be heard.
    private Map<EnforcerName, String> hindered(Plan plan) {
        var enforcers = plan.parts().stream().map(Part::enforcer).toList();
        try {
            return readings.hindered(enforcers);
        } catch (Unavailable away) {
            return enforcers.stream().collect(Collectors.toMap(each -> each, _ -> UNSEEN));
        }
    }

    private Reply send(Request.Change change, Origin origin, Instant now) {
        var command = Asking.of(change, origin.by(), now);
        return answers.decided(command, commands.send(command, origin));
    }

    private static Reply help(Optional<String> verb) {
        return Reply.shown(
                "What can be typed:",
                new Card.OfLines("help", List.of(Grammar.forSlack().help(verb))));
    }

    private Reply answeringFor(Supplier<Reply> answer) {
        try {
            return answer.get();
        } catch (LogUnavailable away) {
            return away.isNothingDecided() ? answers.nothingDecided() : answers.perhapsDecided();
        } catch (Unavailable _) {
            return answers.unseen();
        }
    }
}
