package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.Decision.Decided;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.containment.Containment.Running;
import dev.firebreak.commandside.containment.ContainmentCommand.RecordEnforcement;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.Contained;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainedExcept;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartReport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Deciding on what enforcers report: kept when it is news, and measured into one truth.
final class Reports {

    static final int MAX_REPORTS_OF_ONE_EVENT = 200;

    /// The log takes a mebibyte for one event.
    static final int MAX_BYTES_OF_ONE_EVENT = 900_000;

    private static final int FIELDS_OF_REPORT = 600;
    private static final int FIELDS = 30;

    /// A letter of another alphabet; a quote takes two.
    private static final int BYTES_OF_A_CHARACTER = 3;

    private Reports() {}

    static Decision<ContainmentEvent> decide(Containment state, RecordEnforcement command) {
        return switch (state) {
            case Containment.Unasked _ ->
                    Decision.refused(
                            RefusalCode.UNKNOWN_CONTAINMENT,
                            "There is no containment %s, so nothing of it can be reported.",
                            command.containment());
            case Containment.Awaiting _, Containment.Declined _ ->
                    Decision.refused(
                            RefusalCode.NOT_ACTIVE,
                            "%s was never ordered, so no enforcer can have taken it; what one"
                                    + " holds under this name is not ours.",
                            command.containment());
            case Containment.Asked _, Containment.Approved _ -> throw Containment.halfway(state);
            case Running running -> whileRunning(running, command);
            case Containment.Releasing releasing -> afterEnd(releasing.parts(), command);
            case Containment.Lifted lifted -> afterLift(lifted.parts(), command);
        };
    }

    private static Decision<ContainmentEvent> whileRunning(
            Running running, RecordEnforcement command) {
        var news = running.parts().news(command.reports());
        if (news.isEmpty()) {
            return nothingNew(command);
        }
        var events = new ArrayList<>(reported(news, command));
        var parts = running.parts().with(news);
        var truth = Measured.of(parts, running.measured());
        // Past its end enforcers let go by themselves: that is not a hole in the containment.
        if (!truth.equals(running.measured()) && command.at().isBefore(running.expiresAt())) {
            declare(truth, running.request().plan().gaps(), parts, command, events);
        }
        return new Decided<>(events);
    }

    private static void declare(
            Measured truth,
            List<Gap> gaps,
            Parts parts,
            RecordEnforcement command,
            List<ContainmentEvent> to) {
        switch (truth) {
            case Measured.NotYet _ -> {}
            case Measured.Whole _ ->
                    to.add(
                            new Contained(
                                    command.containment(),
                                    sorted(parts.verified()),
                                    gaps,
                                    command.at()));
            case Measured.Except(var except) ->
                    to.add(
                            new ContainedExcept(
                                    command.containment(), sorted(except), command.at()));
        }
    }

    private static Decision<ContainmentEvent> afterEnd(Parts before, RecordEnforcement command) {
        var news = before.news(command.reports());
        if (news.isEmpty()) {
            return nothingNew(command);
        }
        var events = new ArrayList<>(reported(news, command));
        if (before.with(news).mayStillHold().isEmpty()) {
            events.add(new ContainmentLifted(command.containment(), command.at()));
        }
        return new Decided<>(events);
    }

    /// Only somebody who holds it again is news now. That a lifted part cannot be reached, or that
    /// it is lifted, changes nothing.
    private static Decision<ContainmentEvent> afterLift(Parts parts, RecordEnforcement command) {
        return parts.news(command.reports()).stream().anyMatch(r -> r.state().holds())
                ? afterEnd(parts, command)
                : nothingNew(command);
    }

    /// In as few events as the log's bound on the size of one allows.
    private static List<ContainmentEvent> reported(
            List<PartReport> news, RecordEnforcement command) {
        var events = new ArrayList<ContainmentEvent>();
        for (var from = 0; from < news.size(); ) {
            var to = from + fitting(news.subList(from, news.size()));
            events.add(
                    new EnforcementReported(
                            command.containment(), news.subList(from, to), command.at()));
            from = to;
        }
        return events;
    }

    /// How many of the first ones one event takes; one by itself always fits.
    private static int fitting(List<PartReport> reports) {
        var bytes = 0;
        var count = 0;
        for (var report : reports) {
            bytes += bytes(report);
            if (count == MAX_REPORTS_OF_ONE_EVENT
                    || (count > 0 && bytes > MAX_BYTES_OF_ONE_EVENT)) {
                break;
            }
            count++;
        }
        return count;
    }

    /// At most, as JSON.
    private static int bytes(PartReport report) {
        var caveats = report.caveats().stream().mapToInt(String::length).sum();
        var gaps =
                report.gaps().stream()
                        .mapToInt(gap -> FIELDS + gap.what().length() + gap.why().length())
                        .sum();
        var texts = report.sentence().length() + caveats + gaps;
        return FIELDS_OF_REPORT + texts * BYTES_OF_A_CHARACTER;
    }

    private static Decision<ContainmentEvent> nothingNew(RecordEnforcement command) {
        return Decision.stands(
                "Nothing new about %s in these %d reports.",
                command.containment(), command.reports().size());
    }

    private static List<EnforcerName> sorted(Set<EnforcerName> names) {
        return names.stream().sorted(Comparator.comparing(EnforcerName::toString)).toList();
    }
}
