package dev.firebreak.service.console;

import dev.firebreak.queryside.containment.ContainmentView;
import dev.firebreak.queryside.enforcer.EnforcerView;
import dev.firebreak.service.console.ConsolePage.Contained;
import dev.firebreak.service.console.ConsolePage.Enforcer;
import dev.firebreak.service.console.ConsolePage.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// From what is seen to what is set: sentences, and how far away things are.
record Drawing(Instant now) {

    private static final long DAY = 86_400;
    private static final long HOUR = 3_600;
    private static final long MINUTE = 60;

    Contained contained(ContainmentView view) {
        return new Contained(
                view.id(),
                tone(view),
                view.state().text().replace('-', ' '),
                view.subject(),
                cut(view),
                view.stateText(),
                remaining(view.expiresAt()),
                by(view),
                view.reason(),
                view.incident());
    }

    Waiting waiting(ContainmentView view) {
        var approval = view.approval();
        return new Waiting(
                view.id(),
                view.subject(),
                cut(view),
                approval == null ? view.stateText() : approval.because(),
                remaining(approval == null ? null : approval.lapsesAt()),
                view.requestedBy(),
                view.reason());
    }

    /// Those whose state nobody knows stand on top.
    List<Enforcer> enforcers(List<EnforcerView> views) {
        return views.stream()
                .sorted(
                        Comparator.comparingInt((EnforcerView view) -> rank(view.state()))
                                .thenComparing(EnforcerView::enforcer))
                .map(this::enforcer)
                .toList();
    }

    private Enforcer enforcer(EnforcerView view) {
        var held = view.deniesHeld();
        return new Enforcer(
                view.enforcer(),
                switch (view.state()) {
                    case "connected" -> "good";
                    case "revoked" -> "quiet";
                    case "silent", "ahead" -> "bad";
                    default -> "open";
                },
                view.state(),
                view.stateText(),
                held == null ? "unknown" : held.toString(),
                isHere(view.state()) ? "just now" : ago(view.lastHeardAt()),
                view.version());
    }

    private static boolean isHere(String state) {
        return "connected".equals(state) || "ahead".equals(state);
    }

    private static int rank(String state) {
        return switch (state) {
            case "silent", "ahead" -> 0;
            case "connected" -> 2;
            case "revoked" -> 3;
            default -> 1;
        };
    }

    private static String tone(ContainmentView view) {
        return switch (view.state()) {
            case CONTAINED -> "good";
            case CONTAINED_EXCEPT, NOT_CONTAINED, UNKNOWN -> "bad";
            case AWAITING_APPROVAL, PUSHING, RELEASING -> "open";
            case ENDED, DECLINED -> "quiet";
        };
    }

    private static String cut(ContainmentView view) {
        var peer = "everyone".equals(view.peer()) ? "everyone" : view.peer();
        var ports = "all".equals(view.ports()) ? "" : ", ports " + view.ports();
        return switch (view.direction()) {
            case "egress" -> "to " + peer + ports;
            case "ingress" -> "from " + peer + ports;
            default -> "to and from " + peer + ports;
        };
    }

    private static String by(ContainmentView view) {
        return view.approvedBy().isEmpty()
                ? view.requestedBy()
                : "%s, approved by %s".formatted(view.requestedBy(), view.approvedBy());
    }

    private String remaining(@Nullable Instant end) { // absent when nothing ends
        if (end == null) {
            return "";
        }
        return end.isAfter(now) ? span(Duration.between(now, end)) : "over";
    }

    private String ago(@Nullable Instant heard) { // absent when never heard
        return heard == null ? "never" : span(Duration.between(heard, now)) + " ago";
    }

    static String span(Duration span) {
        var seconds = Math.max(0, span.toSeconds());
        if (seconds >= DAY) {
            return "%d d %d h".formatted(seconds / DAY, seconds % DAY / HOUR);
        }
        if (seconds >= HOUR) {
            return "%d h %02d min".formatted(seconds / HOUR, seconds % HOUR / MINUTE);
        }
        return seconds >= MINUTE
                ? "%d min %02d s".formatted(seconds / MINUTE, seconds % MINUTE)
                : seconds + " s";
    }
}
