package dev.firebreak.queryside.containment;

import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.queryside.containment.ContainmentView.PartView;
import dev.firebreak.queryside.timeline.Times;
import dev.firebreak.segmentation.Presence;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How it stands with a containment, in one line for somebody who was just woken.
final class StateSentence {
    private static final int MAX_NAMED = 5;

    private final ContainmentRow row;
    private final List<PartView> parts;
    private final List<Gap> gaps;
    private final Hearing hearing;
    private final Exceptions exceptions;
    private final ContainmentState state;
    private final Instant now;

    StateSentence(
            ContainmentRow row,
            List<PartView> parts,
            List<Gap> gaps,
            Hearing hearing,
            Optional<Presence> presence,
            ContainmentState state,
            Instant now) {
        this.row = row;
        this.parts = parts;
        this.gaps = gaps;
        this.hearing = hearing;
        this.exceptions = new Exceptions(presence);
        this.state = state;
        this.now = now;
    }

    String text() {
        return switch (state) {
            case AWAITING_APPROVAL -> awaiting();
            case PUSHING -> pushing() + exceptions.caught();
            case CONTAINED -> "contained until " + end() + exceptions.caught();
            case CONTAINED_EXCEPT ->
                    "contained except %s; until %s%s"
                            .formatted(lacking(), end(), exceptions.caught());
            case NOT_CONTAINED -> "NOT contained: %s; tried until %s".formatted(lacking(), end());
            case UNKNOWN -> "not known to be contained: %s; until %s".formatted(lacking(), end());
            case RELEASING -> releasing();
            case ENDED -> "ended " + ending() + "; nothing is left on any enforcer";
            case DECLINED -> "declined " + declined();
        };
    }

    private String awaiting() {
        if (row.lapsesAt == null) {
            return "asked for, not decided yet";
        }
        return row.lapsesAt.isAfter(now)
                ? "not in force: a second person has to agree until %s: %s"
                        .formatted(Times.until(row.lapsesAt, now), row.approvalBecause)
                : "not in force: nobody agreed until %s, so it is being declined"
                        .formatted(Times.time(row.lapsesAt, now));
    }

    private String pushing() {
        var held = parts.size() - open().size();
        var troubled = open().stream().filter(part -> !isPending(part)).toList();
        return "being put in force, %d of %d parts hold%s; until %s"
                .formatted(
                        held,
                        parts.size(),
                        troubled.isEmpty() ? "" : ", but not " + named(troubled),
                        end());
    }

    private String lacking() {
        return Stream.concat(Stream.of(named(open()), notPlanned()), exceptions.out())
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.joining("; and "));
    }

    /// As it was drawn up: a deployment or an enrolment since may have closed a gap.
    private String notPlanned() {
        return gaps.isEmpty() ? "" : "what its plan could not cover: " + gaps(gaps);
    }

    private String releasing() {
        var left = parts.stream().filter(part -> part.state().state() != PartState.LIFTED).toList();
        var over =
                row.endedAt == null
                        ? "its time ended"
                                + (row.expiresAt == null
                                        ? ""
                                        : " at " + Times.time(row.expiresAt, now))
                        : "released " + ending();
        var away = left.stream().filter(this::isOutOfReach).toList();
        var near = left.stream().filter(Predicate.not(this::isOutOfReach)).toList();
        return Stream.of(
                        over,
                        near.isEmpty() ? "" : "not yet read back as gone: " + list(near),
                        outOfReach(away))
                .filter(Predicate.not(String::isEmpty))
                .collect(Collectors.joining("; "));
    }

    private boolean isOutOfReach(PartView part) {
        return part.state().state() == PartState.UNKNOWN
                && hearing.absence(part.enforcer()).isPresent();
    }

    private String outOfReach(List<PartView> away) {
        return away.stream()
                        .limit(MAX_NAMED)
                        .flatMap(part ->
                                hearing.absence(part.enforcer()).stream()
                                        .map(absence ->
                                                OutOfReach.sentence(
                                                        part.enforcer(),
                                                        absence,
                                                        row.expiresAt,
                                                        now)))
                        .collect(Collectors.joining("; "))
                + more(away);
    }

    private String ending() {
        var at = row.endedAt == null ? "" : "at " + Times.time(row.endedAt, now);
        return switch (row.endCause) {
            case "EXPIRY" -> at + " because its time was over";
            case "ROLLBACK" -> at + " by rollback: " + row.endWhy;
            default -> "%s by %s: %s".formatted(at, row.endedBy, row.endWhy);
        };
    }

    private String declined() {
        var at = row.endedAt == null ? "" : "at " + Times.time(row.endedAt, now);
        return "LAPSED".equals(row.endCause)
                ? at + ": nobody agreed in time"
                : "%s by %s: %s".formatted(at, row.endedBy, row.endWhy);
    }

    private String end() {
        return row.expiresAt == null
                ? "nobody knows when"
                : Times.until(row.expiresAt, now) + soFar();
    }

    /// Where another end than that was read back last.
    private String soFar() {
        var others =
                parts.stream()
                        .filter(part -> part.state().state().holds())
                        .flatMap(part -> endOtherwise(part).stream())
                        .toList();
        return others.isEmpty()
                ? ""
                : "; so far %s%s"
                        .formatted(
                                String.join(", ", others.stream().limit(MAX_NAMED).toList()),
                                others.size() > MAX_NAMED
                                        ? " and %d more".formatted(others.size() - MAX_NAMED)
                                        : "");
    }

    private Optional<String> endOtherwise(PartView part) {
        return Optional.ofNullable(part.until())
                .filter(until -> !until.equals(row.expiresAt))
                .map(until -> part.enforcer() + " until " + Times.time(until, now));
    }

    private List<PartView> open() {
        return parts.stream().filter(part -> !part.state().state().isInForce()).toList();
    }

    private String named(List<PartView> some) {
        var shown =
                some.stream()
                        .limit(MAX_NAMED)
                        .map(part -> part.enforcer() + ": " + trouble(part))
                        .collect(Collectors.joining(", "));
        return shown + more(some);
    }

    private static String list(List<PartView> some) {
        return some.stream()
                        .limit(MAX_NAMED)
                        .map(PartView::enforcer)
                        .collect(Collectors.joining(", "))
                + more(some);
    }

    private static String more(List<PartView> some) {
        return some.size() > MAX_NAMED ? " and %d more".formatted(some.size() - MAX_NAMED) : "";
    }

    private String trouble(PartView part) {
        if (part.gaps().isEmpty()) {
            return state(part);
        }
        var comma = part.state().state().holds() ? "" : ",";
        return "%s%s except %s".formatted(state(part), comma, gaps(part.gaps()));
    }

    /// Whom it leaves open.
    private static String gaps(List<Gap> gaps) {
        return gaps.stream()
                        .limit(MAX_NAMED)
                        .map(gap -> "%s, because %s".formatted(gap.what(), gap.why()))
                        .collect(Collectors.joining("; "))
                + (gaps.size() > MAX_NAMED
                        ? "; and %d more".formatted(gaps.size() - MAX_NAMED)
                        : "");
    }

    private String state(PartView part) {
        return switch (part.state().state()) {
            case PENDING -> "no answer yet";
            case WAITING -> "its workload is not there yet";
            case REJECTED -> "it refused, " + lowered(part.sentence());
            case UNREACHABLE -> "unreachable since " + Times.time(part.at(), now);
            case UNKNOWN -> "unknown, " + lowered(part.sentence());
            case LIFTED -> "it holds nothing of it";
            case HELD, HELD_EXCEPT, VERIFIED -> "held";
        };
    }

    /// A name keeps its capital.
    private static String lowered(String sentence) {
        var text = sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
        if (text.isEmpty()) {
            return "no reason given";
        }
        var isWord = text.length() > 1 && Character.isLowerCase(text.charAt(1));
        return isWord ? text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1) : text;
    }

    private static boolean isPending(PartView part) {
        return part.state().state() == PartState.PENDING;
    }
}
