package dev.firebreak.chatops;

import dev.firebreak.chatops.ContainmentReading.State;
import dev.firebreak.chatops.Reply.Card;
import dev.firebreak.chatops.Reply.Tone;
import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.Plans;
import dev.firebreak.commandside.containment.ContainmentCommand;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Responder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/// The sentences: what happened, what state the network is in, what to do next.
final class Answers {

    private static final String AS_IT_WAS = "Nothing has changed on the network.";

    /// Long enough for a view that follows the log, short enough for Slack's three seconds.
    private static final Duration PATIENCE = Duration.ofMillis(800);

    private final Readings readings;

    Answers(Readings readings) {
        this.readings = readings;
    }

    Reply running(List<ContainmentReading> running, int limit) {
        if (running.isEmpty()) {
            return Reply.shown("Nothing is contained now, and nothing waits." + frozen());
        }
        var count =
                running.size() < limit
                        ? counted(running)
                        : "The newest %d; 'firebreak status' on a terminal lists all."
                                .formatted(limit);
        return new Reply(
                Tone.SHOWN,
                List.of(count + frozen()),
                running.stream().<Card>map(Card.OfContainment::new).toList());
    }

    /// What waits and what has ended is not running.
    private static String counted(List<ContainmentReading> readings) {
        var waiting = count(readings, state -> state == State.AWAITING_APPROVAL);
        var ending = count(readings, state -> state == State.RELEASING);
        return "%d running%s%s."
                .formatted(
                        count(readings, State::isInForce),
                        waiting == 0 ? "" : ", %d waiting for a second person".formatted(waiting),
                        ending == 0
                                ? ""
                                : ", %d ended and not read back as gone".formatted(ending));
    }

    private static long count(List<ContainmentReading> readings, Predicate<State> wanted) {
        return readings.stream().map(ContainmentReading::state).filter(wanted).count();
    }

    Reply plan(Card.OfPlan card) {
        return card.apply().isPresent()
                ? Reply.shown("Nothing is cut yet. This is what it comes to:", card)
                : Reply.shown("This is what it comes to; nothing has been done:", card);
    }

    Reply planMoved(Card.OfPlan card) {
        return new Reply(
                Tone.REFUSED,
                List.of(
                        "Not applied: since you looked, the plan has come to something else.",
                        AS_IT_WAS + " Look at the new plan and apply that."),
                List.of(card));
    }

    Reply ordered(Plans.Drawn drawn, Outcome outcome) {
        var id = drawn.containment();
        return switch (outcome) {
            case Outcome.Accepted(_, var position) -> received(id, position);
            case Outcome.Already(_, var sentence) ->
                    withReading(Tone.DONE, "%s: %s".formatted(id, sentence), id);
            case Outcome.Refused refusal -> refused(refusal);
        };
    }

    Reply refused(Outcome.Refused refusal) {
        return Reply.refused(refusal.sentence(), AS_IT_WAS);
    }

    private Reply received(ContainmentId id, long position) {
        readings.awaitPosition(position, PATIENCE);
        var waiting = readings.containment(id).flatMap(ContainmentReading::approval);
        return waiting.isPresent()
                ? withReading(
                        Tone.DONE,
                        "Received as %s. It waits for a second person, because %s; nothing is cut until then."
                                .formatted(id, waiting.get().because()),
                        id)
                : withReading(
                        Tone.DONE,
                        "Received as %s: on its way to the enforcers. There is no need to ask again."
                                .formatted(id),
                        id);
    }

    Reply decided(Command command, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Accepted(_, var position) -> {
                readings.awaitPosition(position, PATIENCE);
                yield about(command, "Done.");
            }
            case Outcome.Already(_, var sentence) -> about(command, sentence);
            case Outcome.Refused(_, var sentence) ->
                    new Reply(Tone.REFUSED, List.of(sentence, AS_IT_WAS), present(command));
        };
    }

    private Reply about(Command command, String sentence) {
        return command instanceof ContainmentCommand of
                ? withReading(Tone.DONE, sentence, of.containment())
                : Reply.done(sentence + frozen());
    }

    private Reply withReading(Tone tone, String sentence, ContainmentId id) {
        var sentences = new ArrayList<>(List.of(sentence));
        var reading = readings.containment(id);
        reading.map(ContainmentReading::stateText).ifPresent(sentences::add);
        return new Reply(
                tone, sentences, reading.<Card>map(Card.OfContainment::new).stream().toList());
    }

    private List<Card> present(Command command) {
        return command instanceof ContainmentCommand of
                ? readings.containment(of.containment()).<Card>map(Card.OfContainment::new).stream()
                        .toList()
                : List.of();
    }

    Reply whoAmI(Responder by) {
        return Reply.shown(
                "You are %s, with the role %s.%s"
                        .formatted(by.name(), by.role().name().toLowerCase(Locale.ROOT), frozen()));
    }

    Reply lines(String title, List<String> lines) {
        return lines.isEmpty()
                ? Reply.shown("There are no %s yet.".formatted(title))
                : Reply.shown(
                        "%d %s:".formatted(lines.size(), title), new Card.OfLines(title, lines));
    }

    Reply unknown(ContainmentId id) {
        return Reply.refused(
                "No containment has the id %s. A plan is not kept until it is applied."
                        .formatted(id),
                "Nothing has changed. Type status to see what is contained now.");
    }

    Reply terminalOnly() {
        return Reply.refused("That works from a terminal, not from here.", AS_IT_WAS);
    }

    Reply nothingDecided() {
        return Reply.failed(
                "The log cannot take a decision right now, so nothing was decided.",
                "What is contained stays contained until its end. Try the same again in a moment; that is"
                        + " safe.");
    }

    Reply perhapsDecided() {
        return Reply.failed(
                "The log was lost while it decided, so it is not known whether this was decided.",
                "Ask for the same again: if it was decided, that changes nothing.");
    }

    Reply unseen() {
        return Reply.failed(
                "What is contained now cannot be read right now, so it is not shown.",
                "What was asked before goes on. Type status in a moment.");
    }

    private String frozen() {
        return readings.frozenBecause()
                .map(" Automation is frozen: %s."::formatted)
                .or(() -> Optional.of(""))
                .get();
    }
}
