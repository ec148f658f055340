package dev.firebreak.queryside.timeline;

import static dev.firebreak.queryside.Happenings.ANN;
import static dev.firebreak.queryside.Happenings.NOON;
import static dev.firebreak.queryside.Happenings.entries;
import static dev.firebreak.queryside.Happenings.history;
import static dev.firebreak.queryside.Happenings.host;
import static dev.firebreak.queryside.Happenings.id;
import static dev.firebreak.queryside.Happenings.released;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused;
import dev.firebreak.eventlog.event.flow.DeniedFlow;
import dev.firebreak.eventlog.event.flow.FlowEvent.DeniedFlowsSeen;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.Provenance;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Surface;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FoldingTest {
    private static final ResponderName BOB = new ResponderName("bob");

    @Test
    void a_client_that_tries_again_every_second_is_one_row() {
        var row =
                onlyRow(
                        seen("a", 1, flow(1, 443)),
                        seen("a", 2, flow(1, 443)),
                        seen("a", 9, flow(1, 443)));

        assertThat(row.entries()).isEqualTo(3);
        assertThat(row.firstAt()).isEqualTo(NOON.plusSeconds(1));
        assertThat(row.entry().position()).isEqualTo(3);
        assertThat(row.entry().event().at()).isEqualTo(NOON.plusSeconds(9));
    }

    @Test
    void nothing_is_left_out_of_the_count() {
        var row = onlyRow(seen("a", 1, flow(1, 443)), seen("a", 9, flow(1, 443)));

        assertThat(Narration.line(row, _ -> Optional.empty()).sentence())
                .isEqualTo(
                        "host/a denied 4 packets in 1 flow of C-0000001: to 203.0.113.9:443/tcp 4"
                                + " times; and 2 packets that it could not tell apart. Told 2"
                                + " times, from 2026-11-23 12:00:01 UTC to 2026-11-23 12:00:09"
                                + " UTC.");
    }

    @Test
    void when_it_was_first_and_last_denied_is_known_of_the_whole() {
        var flow =
                ((DeniedFlowsSeen)
                                onlyRow(seen("a", 1, flow(1, 443)), seen("a", 2, flow(1, 443)))
                                        .entry()
                                        .event())
                        .flows()
                        .getFirst();

        assertThat(flow.first()).isEqualTo(NOON.plusSeconds(443));
        assertThat(flow.bytes()).isEqualTo(240);
    }

    @Test
    void what_says_something_new_is_a_row_of_its_own() {
        assertThat(
                        fold(
                                seen("a", 1, flow(1, 443)),
                                seen("a", 2, flow(1, 22)),
                                seen("a", 3, flow(2, 443)),
                                seen("b", 4, flow(1, 443)),
                                seen("a", 5, flow(1, 443), flow(1, 22)),
                                seen("a", 6, flow(1, 443))))
                .extracting(Told::entries)
                .containsExactly(2L, 1L, 1L, 1L, 1L);
    }

    @Test
    void flows_in_another_order_are_the_same_flows() {
        assertThat(
                        fold(
                                seen("a", 1, flow(1, 22), flow(1, 443)),
                                seen("a", 2, flow(1, 443), flow(1, 22))))
                .hasSize(1);
    }

    @Test
    void two_enforcers_that_take_turns_are_two_rows() {
        assertThat(
                        fold(
                                seen("a", 1, flow(1, 443)),
                                seen("b", 2, flow(1, 443)),
                                seen("a", 3, flow(1, 443)),
                                seen("b", 4, flow(1, 443))))
                .extracting(Told::entries)
                .containsExactly(2L, 2L);
    }

    @Test
    void what_happens_in_between_stays_in_between() {
        assertThat(
                        fold(
                                seen("a", 1, flow(1, 443)),
                                seen("a", 2, flow(1, 443)),
                                released(id(1)),
                                seen("a", 3, flow(1, 443))))
                .extracting(row -> row.entry().position())
                .containsExactly(2L, 3L, 4L);
    }

    @Test
    void what_begins_again_after_a_long_silence_is_told_anew() {
        var silence = (int) Folding.LONGEST_SILENCE.toSeconds();

        assertThat(
                        fold(
                                seen("a", 0, flow(1, 443)),
                                seen("a", silence, flow(1, 443)),
                                seen("a", 2 * silence, flow(1, 443)),
                                seen("a", 3 * silence + 1, flow(1, 443))))
                .extracting(Told::entries)
                .containsExactly(3L, 1L);
    }

    @Test
    void the_same_refusal_again_is_one_row_and_another_is_not() {
        var rows =
                fold(
                        refused(BOB, "ExtendContainment", 2),
                        refused(BOB, "ExtendContainment", 3),
                        refused(ANN, "ExtendContainment", 0),
                        refused(BOB, "ReleaseContainment", 0));

        assertThat(rows).extracting(Told::entries).containsExactly(2L, 1L, 1L);
        assertThat(((CommandRefused) rows.getFirst().entry().event()).unrecorded()).isEqualTo(5);
    }

    @Test
    void the_same_refusal_over_another_surface_is_told() {
        var rows =
                entries(
                        List.of(
                                refused(BOB, "ExtendContainment", 0),
                                refused(BOB, "ExtendContainment", 0)));

        assertThat(
                        Folding.fold(
                                List.of(
                                        Told.once(over(Surface.REST, rows.getFirst())),
                                        Told.once(over(Surface.SLACK, rows.getLast())))))
                .hasSize(2);
    }

    private static LogEntry over(Surface surface, LogEntry entry) {
        var from = entry.provenance();
        return new LogEntry(
                entry.position(),
                entry.id(),
                entry.event(),
                new Provenance(from.by(), surface, from.correlation(), from.causation()),
                entry.recordedAt());
    }

    @Test
    void what_happens_once_is_never_folded() {
        assertThat(fold(released(id(1)), released(id(1)))).hasSize(2);
    }

    @Test
    void folding_page_by_page_is_folding_at_once() {
        var all = new ArrayList<Event>(history(7, 400));
        for (var i = 0; i < 100; i++) {
            all.add(200 + i, seen(i % 3 == 0 ? "a" : "b", i * 40, flow(1, i % 2)));
        }
        var rows = entries(all).stream().map(Told::once).toList();

        var paged = List.<Told>of();
        for (var at = 0; at < rows.size(); at += 37) {
            var more = new ArrayList<>(paged);
            more.addAll(rows.subList(at, Math.min(at + 37, rows.size())));
            paged = Folding.fold(more);
        }

        assertThat(paged).isEqualTo(Folding.fold(rows)).hasSizeLessThan(420);
        assertThat(paged.stream().mapToLong(Told::entries).sum()).isEqualTo(500);
    }

    private static Told onlyRow(Event... events) {
        var rows = fold(events);
        assertThat(rows).hasSize(1);
        return rows.getFirst();
    }

    private static List<Told> fold(Event... events) {
        return Folding.fold(
                entries(List.of(events)).stream()
                        .<Told>map((LogEntry entry) -> Told.once(entry))
                        .toList());
    }

    private static DeniedFlowsSeen seen(String host, int second, DeniedFlow... flows) {
        return new DeniedFlowsSeen(
                host(host), "boot-1", second, List.of(flows), 1, NOON.plusSeconds(second));
    }

    private static DeniedFlow flow(int containment, int port) {
        return new DeniedFlow(
                id(containment),
                Direction.EGRESS,
                "tcp",
                "203.0.113.9",
                port,
                2,
                120,
                NOON.plusSeconds(port),
                NOON.plusSeconds(port + 1),
                "f" + port);
    }

    private static CommandRefused refused(ResponderName by, String command, long unrecorded) {
        return new CommandRefused(
                command, "containment/C-0000001", "", "not-permitted", "No.", by, unrecorded, NOON);
    }
}
