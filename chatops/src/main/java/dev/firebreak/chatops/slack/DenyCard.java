package dev.firebreak.chatops.slack;

import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.BlockElement;
import dev.firebreak.chatops.ContainmentReading;
import dev.firebreak.chatops.ContainmentReading.Approval;
import dev.firebreak.chatops.ContainmentReading.Part;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.Ttl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// One containment, for the channel: what is cut, until when, by whom, how far each enforcer is,
/// and the buttons that make sense now.
final class DenyCard {

    private static final Ttl EXTENSION = Ttl.ofMinutes(30);
    private static final int MAX_PARTS = 20;
    private static final int MAX_GAPS = 10;

    private final Function<Press, Optional<String>> seal;

    DenyCard(Function<Press, Optional<String>> seal) {
        this.seal = seal;
    }

    Drawn draw(ContainmentReading reading) {
        var title = "%s: %s".formatted(title(reading), reading.ask().subject());
        var blocks = new ArrayList<LayoutBlock>();
        blocks.add(Pieces.header(title));
        blocks.add(Pieces.section(reading.stateText()));
        blocks.add(Pieces.fields(fields(reading)));
        if (!reading.reach().neighbours().isEmpty()) {
            blocks.add(Pieces.lines(Pieces.neighbours(reading.reach())));
        }
        if (!reading.parts().isEmpty()) {
            blocks.add(Pieces.lines(parts(reading.parts())));
        }
        if (!reading.gaps().isEmpty()) {
            blocks.add(Pieces.lines(gaps(reading)));
        }
        var buttons = buttons(reading);
        if (!buttons.isEmpty()) {
            blocks.add(Pieces.actions(buttons));
        }
        blocks.add(
                Pieces.context(
                        "%s · on a terminal: firebreak status %s"
                                .formatted(reading.id(), reading.id())));
        return new Drawn(SlackText.escape(title + ". " + reading.stateText()), blocks);
    }

    private static String title(ContainmentReading reading) {
        return switch (reading.state()) {
            case AWAITING_APPROVAL -> "Waits for approval";
            case PUSHING -> "Being contained";
            case CONTAINED -> "Contained";
            case CONTAINED_EXCEPT -> "Contained, with exceptions";
            case NOT_CONTAINED -> "NOT contained";
            case UNKNOWN -> "Not known to be contained";
            case RELEASING -> "Being released";
            case ENDED -> "Released";
            case DECLINED -> "Declined";
        };
    }

    private static List<TextObject> fields(ContainmentReading reading) {
        var fields = new ArrayList<TextObject>();
        fields.add(Pieces.field("Cuts", Pieces.cut(reading.ask())));
        if (reading.state() == ContainmentReading.State.AWAITING_APPROVAL) {
            reading.approval().ifPresent(approval -> fields.addAll(waiting(approval)));
        }
        end(reading).ifPresent(fields::add);
        fields.add(Pieces.field("Reason", reading.reason().text()));
        fields.add(Pieces.field("Asked by", asker(reading)));
        fields.add(Pieces.field("Reach", reach(reading)));
        return fields;
    }

    /// What was decided on, and what has become of it where that is something else.
    private static String reach(ContainmentReading reading) {
        var decided = reading.reach();
        return "%d of %d workloads%s%s"
                .formatted(
                        decided.members(),
                        decided.fleet(),
                        reading.reachNow()
                                .filter(now -> now.members() != decided.members())
                                .map(now -> ", now %d".formatted(now.members()))
                                .orElse(""),
                        decided.names().isEmpty() ? "" : ": " + Pieces.joined(decided.names()));
    }

    private static List<TextObject> waiting(Approval approval) {
        return List.of(
                Pieces.field("Needs a second person", "because " + approval.because()),
                Pieces.field("Without a yes, no at", approval.lapsesAt()));
    }

    private static Optional<TextObject> end(ContainmentReading reading) {
        return reading.endedAt()
                .map(at -> Pieces.field("Ended", at))
                .or(() -> reading.expiresAt().map(at -> Pieces.field("Ends by itself", at)));
    }

    private static String asker(ContainmentReading reading) {
        var text = new StringBuilder(reading.requestedBy().toString());
        reading.approvedBy().ifPresent(by -> text.append(", approved by ").append(by));
        if (!reading.incident().isNone()) {
            text.append(", for incident ").append(reading.incident());
        }
        return text.toString();
    }

    private static List<String> parts(List<Part> parts) {
        var lines = new ArrayList<String>();
        parts.stream().limit(MAX_PARTS).map(DenyCard::part).forEach(lines::add);
        if (parts.size() > MAX_PARTS) {
            lines.add("… and %d more enforcers".formatted(parts.size() - MAX_PARTS));
        }
        return lines;
    }

    private static String part(Part part) {
        var text = new StringBuilder("• ").append(part.enforcer()).append(": ");
        text.append(part.state().text());
        if (!part.sentence().isEmpty()) {
            text.append(", ").append(part.sentence());
        }
        if (part.sessions().ended() + part.sessions().surviving() > 0) {
            text.append(
                    " (%d %s ended, %d still open)"
                            .formatted(
                                    part.sessions().ended(),
                                    part.sessions().ended() == 1 ? "session" : "sessions",
                                    part.sessions().surviving()));
        }
        part.caveats().forEach(caveat -> text.append("; but ").append(caveat));
        part.gaps().stream()
                .limit(MAX_GAPS)
                .forEach(gap -> text.append("; ").append(notCovered(gap)));
        return text.toString();
    }

    private static List<String> gaps(ContainmentReading reading) {
        return reading.gaps().stream().limit(MAX_GAPS).map(gap -> "• " + notCovered(gap)).toList();
    }

    private static String notCovered(Gap gap) {
        return "not covered: %s, because %s".formatted(gap.what(), gap.why());
    }

    private List<BlockElement> buttons(ContainmentReading reading) {
        var buttons = new ArrayList<BlockElement>();
        if (reading.state() == ContainmentReading.State.AWAITING_APPROVAL) {
            ticket(new Press.Approve(reading.id(), reading.plan()))
                    .ifPresent(ticket -> buttons.add(approve(reading, ticket)));
            ticket(new Press.Decline(reading.id()))
                    .ifPresent(
                            ticket -> buttons.add(Pieces.button("decline", "Decline", "", ticket)));
        }
        if (reading.state().isInForce()) {
            ticket(new Press.Extend(reading.id(), EXTENSION))
                    .ifPresent(ticket ->
                            buttons.add(
                                    Pieces.button("extend", "Extend by " + EXTENSION, "", ticket)));
            ticket(new Press.Release(reading.id()))
                    .ifPresent(ticket -> buttons.add(release(reading, ticket)));
        }
        return buttons;
    }

    private Optional<String> ticket(Press press) {
        return seal.apply(press);
    }

    private static BlockElement approve(ContainmentReading reading, String ticket) {
        var button = Pieces.button("approve", "Approve", "primary", ticket);
        button.setConfirm(
                Pieces.confirm(
                        "Cut this?",
                        "This cuts %s. You approve the plan that this card shows."
                                .formatted(Pieces.cut(reading.ask())),
                        "Approve"));
        return button;
    }

    private static BlockElement release(ContainmentReading reading, String ticket) {
        var button = Pieces.button("release", "Release", "danger", ticket);
        button.setConfirm(
                Pieces.confirm(
                        "Release it now?",
                        "This opens again: %s.".formatted(Pieces.cut(reading.ask())),
                        "Release"));
        return button;
    }
}
