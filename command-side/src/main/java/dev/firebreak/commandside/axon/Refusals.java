package dev.firebreak.commandside.axon;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Outcome.Refused;
import dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused;
import dev.firebreak.eventlog.log.LogUnavailable;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.log.Provenance;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Writes down who tried what and which rule said no, within a budget.
final class Refusals {

    static final int MAX_SENTENCE = 1_000;
    static final int MAX_TARGET = 300;
    static final int MAX_DETAIL = 300;

    private final PostgresLog log;
    private final InstantSource clock;
    private final RefusalBudget budget = new RefusalBudget();

    Refusals(PostgresLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /// The answer is no whether or not that can be written down; what could not is counted.
    void record(Command command, Refused refused, Provenance provenance) {
        record(
                command.getClass().getSimpleName(),
                command.target(),
                command.detail(),
                refused,
                command.at(),
                provenance);
    }

    void record(
            String command,
            String target,
            String detail,
            Refused refused,
            Instant at,
            Provenance provenance) {
        var by = provenance.by();
        var unrecorded = budget.admit(by, clock.instant());
        if (unrecorded.isEmpty()) {
            return;
        }
        var event =
                new CommandRefused(
                        command,
                        cut(target, MAX_TARGET),
                        cut(detail, MAX_DETAIL),
                        refused.code().text(),
                        cut(refused.sentence(), MAX_SENTENCE),
                        by,
                        unrecorded.getAsLong(),
                        at);
        try {
            log.record(List.of(event), provenance);
        } catch (LogUnavailable _) {
            budget.putBack(by, unrecorded.getAsLong());
        }
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - 1) + "…";
    }
}
