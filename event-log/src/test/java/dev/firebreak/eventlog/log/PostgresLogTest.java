package dev.firebreak.eventlog.log;

import static dev.firebreak.eventlog.log.Samples.byAnn;
import static dev.firebreak.eventlog.log.Samples.message;
import static dev.firebreak.eventlog.log.Samples.one;
import static dev.firebreak.eventlog.log.Samples.retired;
import static dev.firebreak.eventlog.log.Samples.silent;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.UUID;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PostgresLogTest {

    private final TestDatabase database = TestDatabase.create();
    private final PostgresLog log = PostgresLog.open(database.application());

    @AfterEach
    void close() {
        log.close();
    }

    @Test
    void what_is_appended_is_read_back_as_it_was() {
        var event = retired("checkout");
        var provenance = byAnn();

        var position = log.record(List.of(event), provenance);

        assertThat(position).isEqualTo(1);
        assertThat(log.head()).isEqualTo(1);
        var entry = log.stream("workload/payments/checkout", 0).getFirst();
        assertThat(entry.event()).isEqualTo(event);
        assertThat(entry.provenance()).isEqualTo(provenance);
        assertThat(entry).isEqualTo(log.read(0, 1).getFirst());
    }

    @Test
    void positions_have_no_gaps_also_after_a_refused_append() {
        log.appendEvents(one(silent("a"), 0));
        assertThatThrownBy(() -> log.appendEvents(one(silent("a"), 0)))
                .isInstanceOf(AggregateStreamCreationException.class);
        log.appendEvents(one(silent("b"), 0));

        assertThat(log.read(0, 10)).extracting(LogEntry::position).containsExactly(1L, 2L);
    }

    @Test
    void whoever_decided_on_an_old_state_of_a_stream_is_told_so() {
        log.appendEvents(one(silent("a"), 0));
        log.appendEvents(one(silent("a"), 1));

        assertThatThrownBy(() -> log.appendEvents(one(silent("a"), 1)))
                .isInstanceOf(ConcurrencyException.class);
    }

    @Test
    void an_append_is_all_or_nothing() {
        log.appendEvents(one(silent("a"), 0));

        var two = List.of(message(silent("b"), 0), message(silent("a"), 0));
        assertThatThrownBy(() -> log.appendEvents(two))
                .isInstanceOf(AggregateStreamCreationException.class);

        assertThat(log.read(0, 10)).hasSize(1);
    }

    @Test
    void the_same_event_again_is_a_success_and_is_kept_once() {
        var events = List.of(message(silent("a"), 0), message(silent("a"), 1));
        log.appendEvents(events);
        log.appendEvents(events);

        assertThat(log.read(0, 10)).hasSize(2);
    }

    @Test
    void telemetry_with_an_id_of_its_own_is_kept_once() {
        var id = UUID.randomUUID();

        var first = log.recordOnce(id, silent("a"), byAnn());
        var second = log.recordOnce(id, silent("a"), byAnn());

        assertThat(first).isEqualTo(second).isEqualTo(1);
    }

    @Test
    void an_event_id_is_never_used_for_another_event() {
        var id = UUID.randomUUID();
        log.recordOnce(id, silent("a"), byAnn());

        assertThatThrownBy(() -> log.recordOnce(id, silent("b"), byAnn()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(id.toString());
    }

    @Test
    void a_used_command_key_tells_what_it_was_used_for() {
        log.appendEvents(
                List.of(message(silent("a"), 0, "key-1"), message(silent("a"), 1, "key-1")));

        var used =
                catchThrowableOfType(
                        CommandKeyUsed.class,
                        () -> log.appendEvents(List.of(message(silent("b"), 0, "key-1"))));

        assertThat(used.earlier().stream()).isEqualTo("enforcer/host/a");
        assertThat(used.earlier().position()).isEqualTo(1);
        assertThat(log.findKey(Samples.ANN, "key-1")).contains(used.earlier());
        assertThat(log.findKey(Samples.ANN, "key-2")).isEmpty();
    }

    @Test
    void an_aggregate_reads_its_own_events_in_order() {
        log.appendEvents(one(silent("a"), 0));
        log.appendEvents(one(silent("b"), 0));
        log.appendEvents(one(silent("a"), 1));

        var events = log.readEvents("enforcer/host/a", 0);

        assertThat(events.asStream().map(DomainEventMessage::getSequenceNumber))
                .containsExactly(0L, 1L);
        assertThat(log.lastSequenceNumberFor("enforcer/host/a")).contains(1L);
        assertThat(log.lastSequenceNumberFor("enforcer/host/c")).isEmpty();
    }

    @Test
    void what_cannot_be_stored_fails_alone() {
        assertThatThrownBy(() -> log.appendEvents(List.of(message(silent("a"), 0, "nul\0"))))
                .isInstanceOf(IllegalArgumentException.class);

        log.appendEvents(one(silent("a"), 0));
        assertThat(log.head()).isEqualTo(1);
    }
}
