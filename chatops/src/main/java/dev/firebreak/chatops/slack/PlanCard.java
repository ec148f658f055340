package dev.firebreak.chatops.slack;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.BlockElement;
import dev.firebreak.chatops.ContainmentReading;
import dev.firebreak.chatops.ContainmentReading.State;
import dev.firebreak.chatops.Reply.Card;
import dev.firebreak.chatops.Reply.Offer;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a request comes to, for the eyes of the one who asked, before anything is cut.
final class PlanCard {

    /// A plan is drawn from a moment; after this long somebody should look again.
    static final Duration GOOD_FOR = Duration.ofMinutes(15);

    private static final int MAX_LINES = 20;
    private static final int MAX_NAMED = 3;

    private final Function<Press, Optional<String>> seal;

    PlanCard(Function<Press, Optional<String>> seal) {
        this.seal = seal;
    }

    /// The ticket on Apply works for `person` only.
    List<LayoutBlock> draw(Card.OfPlan card, String person, Instant now) {
        var plan = card.plan();
        var blocks = new ArrayList<LayoutBlock>();
        blocks.add(
                Pieces.header("Plan %s: %s".formatted(card.containment(), plan.ask().subject())));
        blocks.add(Pieces.fields(fields(card)));
        blocks.add(Pieces.lines(parts(card)));
        if (!plan.reach().neighbours().isEmpty()) {
            blocks.add(Pieces.lines(Pieces.neighbours(plan.reach())));
        }
        if (!plan.gaps().isEmpty()) {
            blocks.add(Pieces.lines(gaps(plan)));
        }
        if (!plan.protectedBy().isEmpty()) {
            blocks.add(
                    Pieces.section(
                            "This touches what is protected and will be refused: "
                                    + ended(Pieces.joined(plan.protectedBy()))));
        }
        card.standing().ifPresent(reading -> blocks.add(Pieces.section(standing(reading))));
        card.secondPerson()
                .filter(_ -> card.standing().isEmpty())
                .ifPresent(why ->
                        blocks.add(
                                Pieces.section(
                                        "It will wait for a second person, because %s."
                                                .formatted(why))));
        blocks.addAll(
                card.apply().map(offer -> offered(card, offer, person, now)).orElse(List.of()));
        return blocks;
    }

    private static String standing(ContainmentReading reading) {
        return reading.state() == State.AWAITING_APPROVAL
                ? "This was asked for already and waits for a second person: %s"
                        .formatted(reading.stateText())
                : "This was asked for already: %s To keep it longer: `extend %s 30m` and a reason."
                        .formatted(ended(reading.stateText()), reading.id());
    }

    private List<LayoutBlock> offered(Card.OfPlan card, Offer offer, String person, Instant now) {
        var echo = Pieces.context("Understood as: " + offer.request().line());
        var apply =
                seal.apply(new Press.Apply(card.containment(), offer, person, now.plus(GOOD_FOR)));
        var cancel = seal.apply(new Press.Cancel());
        if (apply.isEmpty() || cancel.isEmpty()) {
            return List.of(
                    echo,
                    Pieces.section(
                            "This is too long for a button of Slack's: shorten the reason or the scope, or"
                                    + " type it on a terminal."));
        }
        return List.<LayoutBlock>of(
                echo,
                Pieces.actions(
                        List.<BlockElement>of(
                                Pieces.button("apply", "Apply", "danger", apply.get()),
                                Pieces.button("cancel", "Cancel", "", cancel.get()))));
    }

    private static List<TextObject> fields(Card.OfPlan card) {
        var plan = card.plan();
        var reach = plan.reach();
        var fields = new ArrayList<TextObject>();
        fields.add(Pieces.field("Would cut", Pieces.cut(plan.ask())));
        card.apply()
                .ifPresent(offer -> {
                    fields.add(Pieces.field("For", offer.request().ttl().toString()));
                    fields.add(Pieces.field("Reason", offer.request().reason().text()));
                });
        fields.add(
                Pieces.field(
                        "Workloads",
                        "%d of %d%s"
                                .formatted(
                                        reach.members(),
                                        reach.fleet(),
                                        reach.names().isEmpty()
                                                ? ""
                                                : ": " + Pieces.joined(reach.names()))));
        fields.add(
                Pieces.field(
                        "Owners",
                        reach.owners().isEmpty()
                                ? "nobody is named"
                                : Pieces.joined(reach.owners())));
        return fields;
    }

    private static List<String> parts(Card.OfPlan card) {
        var plan = card.plan();
        if (plan.parts().isEmpty()) {
            return List.of("No enforcer can hold any of this now.");
        }
        var lines = new ArrayList<String>();
        plan.parts().stream().limit(MAX_LINES).map(part -> part(part, card)).forEach(lines::add);
        if (plan.parts().size() > MAX_LINES) {
            lines.add("… and %d more enforcers".formatted(plan.parts().size() - MAX_LINES));
        }
        return lines;
    }

    private static String part(Part part, Card.OfPlan card) {
        var peers = part.peers().isEmpty() ? "everyone" : some(part.peers());
        return "• on %s: %s, against %s%s"
                .formatted(
                        part.enforcer(),
                        some(part.subjects().stream().map(PlanCard::subject).toList()),
                        peers,
                        Stream.of(card.hindered(), card.laws())
                                .flatMap(each ->
                                        Optional.ofNullable(each.get(part.enforcer())).stream())
                                .map(but -> "; but " + but)
                                .collect(Collectors.joining()));
    }

    private static String subject(Subject subject) {
        return switch (subject) {
            case Subject.WholeHost() -> "the whole host";
            case Subject.Cgroup(var path) -> "cgroup " + path;
        };
    }

    private static String some(List<?> things) {
        var named = Pieces.joined(things.stream().limit(MAX_NAMED).toList());
        return things.size() > MAX_NAMED
                ? "%s and %d more".formatted(named, things.size() - MAX_NAMED)
                : named;
    }

    private static List<String> gaps(Plan plan) {
        return plan.gaps().stream()
                .limit(MAX_LINES)
                .map(gap -> "• cannot be covered: %s, because %s".formatted(gap.what(), gap.why()))
                .toList();
    }

    /// With one full stop, whether the last of them brings its own or not.
    private static String ended(String sentences) {
        return sentences.endsWith(".") ? sentences : sentences + ".";
    }
}
