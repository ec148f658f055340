package dev.firebreak.eventlog.log;

import java.sql.SQLException;
import java.util.List;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;

/// What to tell the one whose append the database would not take.
sealed interface Verdict {

    /// The log has had it before: the same events by their ids. That is a success.
    record Had(long last) implements Verdict {}

    record Cannot(RuntimeException why) implements Verdict {}

    static Verdict on(HeadWriter writer, Append append, SQLException failure) throws SQLException {
        if (!Failure.isUniqueness(failure)) {
            return new Cannot(
                    new IllegalStateException("the log cannot store " + name(append), failure));
        }
        var known = writer.known(append.events.stream().map(event -> event.id).toList());
        if (!known.isEmpty()) {
            return repeated(append, known);
        }
        var first = append.events.getFirst();
        var earlier = writer.key(first.provenance.by(), first.commandKey);
        return new Cannot(
                earlier.<RuntimeException>map(CommandKeyUsed::new)
                        .orElseGet(() -> conflict(first, failure)));
    }

    /// The position of the last event of an append that the log has already.
    static long last(Append append, List<Known> known) {
        var id = append.events.getLast().id;
        return known.stream()
                .filter(event -> event.id().equals(id))
                .mapToLong(Known::position)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("not in the log: " + id));
    }

    private static Verdict repeated(Append append, List<Known> known) {
        var same =
                append.events.stream()
                        .allMatch(event -> known.stream().anyMatch(one -> one.isSameAs(event)));
        return same
                ? new Had(last(append, known))
                : new Cannot(
                        new IllegalStateException(
                                "event ids of " + name(append) + " are used for other events"));
    }

    /// As users of an Axon event store expect it.
    private static RuntimeException conflict(PreparedEvent first, SQLException failure) {
        var place = "%s, sequence %d".formatted(first.stream, first.sequence);
        return first.sequence == 0
                ? new AggregateStreamCreationException("Exists already: " + place, failure)
                : new ConcurrencyException("Another was faster at " + place, failure);
    }

    private static String name(Append append) {
        var first = append.events.getFirst();
        return "%s in %s (id=%s)".formatted(first.name, first.stream, first.id);
    }
}
