package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.log.HeadWriter.Settled;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/// Tells everybody in a batch what became of it, after those who follow the log in this process:
/// `appended` gets everything that was appended here, in order, and `reached` an end of the log
/// that was found out otherwise.
record Answers(Consumer<List<LogEntry>> appended, LongConsumer reached) {

    private static final String SENTENCE =
            "The log cannot be written: the database does not answer. Try again in a moment.";

    void succeed(List<Append> batch, Settled settled) {
        switch (settled) {
            case Settled.Appended(var rows) -> {
                appended.accept(entries(batch, rows));
                var last = rows.getFirst().position() - 1;
                for (var append : batch) {
                    last += append.events.size();
                    append.answer.complete(last);
                }
            }
            case Settled.Found(var known) -> {
                reached.accept(known.getLast().position());
                for (var append : batch) {
                    append.answer.complete(Verdict.last(append, known));
                }
            }
        }
    }

    static void fail(List<Append> batch, Throwable why) {
        batch.forEach(append -> append.answer.completeExceptionally(why));
    }

    /// `doubtful` when it may have been appended nevertheless.
    static void unavailable(List<Append> batch, SQLException failure, boolean doubtful) {
        fail(
                batch,
                doubtful
                        ? LogUnavailable.outcomeUnknown(SENTENCE, failure)
                        : LogUnavailable.nothingAppended(SENTENCE, failure));
    }

    /// What followers of this process get without asking the database.
    private static List<LogEntry> entries(List<Append> batch, List<StoredEvent> rows) {
        var entries = new ArrayList<LogEntry>(rows.size());
        for (var append : batch) {
            for (var event : append.events) {
                var row = rows.get(entries.size());
                entries.add(
                        new LogEntry(
                                row.position(),
                                event.id,
                                event.event,
                                event.provenance,
                                StoredEvent.instant(row.recordedAt())));
            }
        }
        return entries;
    }
}
