package dev.firebreak.queryside.replay;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused;
import dev.firebreak.eventlog.event.flow.FlowEvent.DeniedFlowsSeen;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.Scope;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the log holds of one containment: its own stream, what was asked of it and refused, what
/// its enforcers saw denied by it, and what befell it on them.
final class Life {
    private final ContainmentId containment;
    private final String stream;
    private final PostgresLog log;

    Life(ContainmentId containment, PostgresLog log) {
        this.containment = containment;
        this.stream = "containment/" + containment;
        this.log = log;
    }

    Optional<Scope> subject() {
        return own(0).stream()
                .map(LogEntry::event)
                .filter(ContainmentRequested.class::isInstance)
                .map(event -> ((ContainmentRequested) event).plan().ask().subject())
                .findFirst();
    }

    /// In order, at least the first [PostgresLog#MAX_EVENTS] behind a position. Of a batch of
    /// denied traffic only what this containment denied is in it.
    List<LogEntry> entries(long after) {
        var whole = own(0);
        var own = after == 0 ? whole : own(after);
        var enforcers =
                Stream.concat(whole.stream(), own.stream())
                        .flatMap(Life::enforcers)
                        .distinct()
                        .flatMap(each -> Stream.of("flows/" + each, "enforcer/" + each))
                        .toList();
        return Stream.of(
                        own.stream(),
                        refused(after),
                        log.mentions(enforcers, containment.value(), after).stream()
                                .map(this::share))
                .flatMap(Function.identity())
                .sorted(Comparator.comparingLong(LogEntry::position))
                .toList();
    }

    private List<LogEntry> own(long after) {
        return log.stream(stream, after);
    }

    /// A refusal changes nothing, so it stands in a stream of its own.
    private Stream<LogEntry> refused(long after) {
        return log.mentions(List.of(CommandRefused.STREAM), stream, after).stream()
                .filter(entry ->
                        entry.event() instanceof CommandRefused refused
                                && refused.target().equals(stream));
    }

    private static Stream<EnforcerName> enforcers(LogEntry entry) {
        return switch (entry.event()) {
            case ContainmentRequested requested ->
                    requested.plan().parts().stream().map(Part::enforcer);
            case EnforcementReported reported ->
                    reported.reports().stream().map(PartReport::enforcer);
            default -> Stream.empty();
        };
    }

    /// What an agent could not tell apart may be anybody's.
    private LogEntry share(LogEntry entry) {
        if (!(entry.event() instanceof DeniedFlowsSeen seen)) {
            return entry;
        }
        var share =
                new DeniedFlowsSeen(
                        seen.enforcer(),
                        seen.bootId(),
                        seen.batch(),
                        seen.flows().stream()
                                .filter(flow -> flow.containment().equals(containment))
                                .toList(),
                        0,
                        seen.at());
        return new LogEntry(
                entry.position(), entry.id(), share, entry.provenance(), entry.recordedAt());
    }
}
