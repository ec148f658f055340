package dev.firebreak.chatops.slack;

import dev.firebreak.eventlog.term.Printable;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text on its way from Slack and to Slack.
final class SlackText {

    private static final Pattern ENTITY = Pattern.compile("<([^<>|]*)(?:\\|([^<>]*))?>");
    private static final Pattern SMART_OPTION = Pattern.compile("(?<!\\S)[\u2013\u2014](?=\\p{L})");
    private static final Pattern RANGE = Pattern.compile("(?<=\\d)[\u2013\u2014](?=\\d)");
    private static final Pattern BLANK =
            Pattern.compile("[\\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]");
    private static final Pattern INVISIBLE = Pattern.compile("[\u200b-\u200d\u2060\ufeff]");

    private SlackText() {}

    /// What the person typed, before Slack and their phone made it prettier.
    static String normalise(String text) {
        var plain = unescape(ENTITY.matcher(text).replaceAll(SlackText::typed));
        plain = INVISIBLE.matcher(BLANK.matcher(plain).replaceAll(" ")).replaceAll("");
        plain = plain.replaceAll("[\u201c\u201d\u201e\u201f\u00ab\u00bb]", "\"");
        plain = plain.replaceAll("[\u2018\u2019\u201a\u201b]", "'");
        plain = SMART_OPTION.matcher(plain).replaceAll("--");
        return RANGE.matcher(plain).replaceAll("-").strip();
    }

    private static String typed(MatchResult entity) {
        var target = entity.group(1);
        var label = entity.group(2);
        var text =
                switch (target.isEmpty() ? ' ' : target.charAt(0)) {
                    case '@', '#' ->
                            target.charAt(0) + (label == null ? target.substring(1) : label);
                    case '!' -> "@" + target.substring(1);
                    default -> label != null && target.endsWith(label) ? label : target;
                };
        return Matcher.quoteReplacement(text);
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    /// Text from anywhere, made unable to mention, link, break the line or turn its direction.
    static String escape(String text) {
        return Printable.of(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /// Cut to what a field of Slack's takes, visibly.
    static String clip(String text, int max) {
        if (text.length() <= max) {
            return text;
        }
        var end = Character.isHighSurrogate(text.charAt(max - 2)) ? max - 2 : max - 1;
        return text.substring(0, end) + "…";
    }
}
