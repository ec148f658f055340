package dev.firebreak.chatops.slack;

import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.ContextBlock;
import com.slack.api.model.block.HeaderBlock;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.ConfirmationDialogObject;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.composition.PlainTextObject;
import com.slack.api.model.block.composition.TextObject;
import com.slack.api.model.block.element.BlockElement;
import com.slack.api.model.block.element.ButtonElement;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.Phrases;
import dev.firebreak.eventlog.term.Printable;
import dev.firebreak.eventlog.term.Reach;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/// The pieces that cards are made of. Whatever did not come from this file is escaped here, and
/// nothing in it is turned into links or mentions.
final class Pieces {

    private static final int MAX_HEADER = 150;
    private static final int MAX_LABEL = 30;
    private static final int MAX_TITLE = 100;
    private static final int MAX_SECTION = 3_000;
    private static final int MAX_FIELD = 2_000;
    private static final int MAX_CONFIRM = 300;

    private Pieces() {}

    static LayoutBlock header(String text) {
        return HeaderBlock.builder().text(plain(Printable.of(text), MAX_HEADER)).build();
    }

    static LayoutBlock section(String text) {
        return SectionBlock.builder().text(markdown(SlackText.escape(text), MAX_SECTION)).build();
    }

    /// Some lines under one another.
    static LayoutBlock lines(List<String> lines) {
        var text = lines.stream().map(SlackText::escape).collect(Collectors.joining("\n"));
        return SectionBlock.builder().text(markdown(text, MAX_SECTION)).build();
    }

    /// The same in columns.
    static LayoutBlock columns(List<String> lines) {
        var text = lines.stream().map(SlackText::escape).collect(Collectors.joining("\n"));
        var fenced = SlackText.clip(text.replace('`', '\''), MAX_SECTION - 6);
        return SectionBlock.builder().text(markdown("```" + fenced + "```", MAX_SECTION)).build();
    }

    static LayoutBlock fields(List<TextObject> fields) {
        return SectionBlock.builder().fields(fields).build();
    }

    static TextObject field(String title, String text) {
        return markdown("*" + title + "*\n" + SlackText.escape(text), MAX_FIELD);
    }

    /// An instant in UTC and in the zone of whoever reads it.
    static TextObject field(String title, Instant at) {
        var local = "<!date^%d^{date_short_pretty} {time_secs}|%s>";
        var text = "*%s*\n%s\n" + local;
        return markdown(
                text.formatted(title, Phrases.time(at), at.getEpochSecond(), Phrases.time(at)),
                MAX_FIELD);
    }

    static LayoutBlock context(String text) {
        return ContextBlock.builder()
                .elements(List.of(markdown(SlackText.escape(text), MAX_FIELD)))
                .build();
    }

    static LayoutBlock actions(List<BlockElement> buttons) {
        return ActionsBlock.builder().elements(buttons).build();
    }

    /// `style` is `primary`, `danger` or empty.
    static ButtonElement button(String action, String label, String style, String ticket) {
        var button =
                ButtonElement.builder()
                        .actionId(SlackApp.ACTION_PREFIX + action)
                        .text(plain(label, MAX_LABEL))
                        .value(ticket);
        return style.isEmpty() ? button.build() : button.style(style).build();
    }

    static ConfirmationDialogObject confirm(String title, String text, String yes) {
        return ConfirmationDialogObject.builder()
                .title(plain(title, MAX_TITLE))
                .text(plain(Printable.of(text), MAX_CONFIRM))
                .confirm(plain(yes, MAX_LABEL))
                .deny(plain("Not now", MAX_LABEL))
                .build();
    }

    /// What an ask cuts, as a person would say it.
    static String cut(Ask ask) {
        var subject = ask.subject();
        var peer = ask.peer();
        var text =
                new StringBuilder(
                        switch (ask.direction()) {
                            case BOTH -> "traffic between %s and %s".formatted(subject, peer);
                            case EGRESS -> "traffic from %s to %s".formatted(subject, peer);
                            case INGRESS -> "traffic from %s to %s".formatted(peer, subject);
                        });
        if (!ask.ports().isAll()) {
            text.append(", ports ").append(ask.ports());
        }
        if (!ask.on().isEmpty()) {
            text.append(", only on ").append(joined(ask.on()));
        }
        return text.toString();
    }

    /// Who is cut without being asked for, one a line; there are no more than a plan names.
    static List<String> neighbours(Reach reach) {
        return reach.neighbours().stream()
                .map(each -> "• also cuts %s, because %s".formatted(each.workload(), each.why()))
                .toList();
    }

    static String joined(List<?> things) {
        return things.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static PlainTextObject plain(String text, int max) {
        return PlainTextObject.builder().text(SlackText.clip(text, max)).emoji(false).build();
    }

    private static MarkdownTextObject markdown(String text, int max) {
        return MarkdownTextObject.builder().text(SlackText.clip(text, max)).verbatim(true).build();
    }
}
