package dev.firebreak.chatops.slack;

import com.slack.api.model.block.LayoutBlock;
import dev.firebreak.chatops.ContainmentReading;
import dev.firebreak.chatops.Reply;
import dev.firebreak.chatops.Reply.Card;
import dev.firebreak.eventlog.term.Phrases;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Draws a [Reply] as a private message.
final class ReplyDrawing {

    private final PlanCard plans;

    ReplyDrawing(Function<Press, Optional<String>> seal) {
        plans = new PlanCard(seal);
    }

    Drawn draw(Reply reply, String person, Instant now) {
        var text = String.join(" ", reply.sentences());
        var blocks = new ArrayList<LayoutBlock>();
        blocks.add(Pieces.lines(reply.sentences()));
        for (var card : reply.cards()) {
            blocks.addAll(card(card, person, now));
        }
        return new Drawn(SlackText.escape(text), blocks);
    }

    private List<LayoutBlock> card(Card card, String person, Instant now) {
        return switch (card) {
            case Card.OfPlan plan -> plans.draw(plan, person, now);
            case Card.OfContainment(var reading) -> List.of(Pieces.lines(summary(reading)));
            case Card.OfLines(_, var lines) -> List.of(Pieces.columns(flat(lines)));
        };
    }

    /// Two lines of it: the whole card stands in the channel.
    private static List<String> summary(ContainmentReading reading) {
        var end = reading.endedAt().or(reading::expiresAt);
        return List.of(
                "%s · %s · %s"
                        .formatted(reading.id(), Pieces.cut(reading.ask()), reading.stateText()),
                "asked by %s: %s%s"
                        .formatted(
                                reading.requestedBy(),
                                reading.reason(),
                                end.map(at -> " · until " + Phrases.time(at)).orElse("")));
    }

    private static List<String> flat(List<String> lines) {
        return lines.stream().flatMap(String::lines).toList();
    }
}
