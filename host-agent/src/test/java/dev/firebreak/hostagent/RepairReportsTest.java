package dev.firebreak.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.kernel.Repaired;
import dev.firebreak.hostagent.protocol.FromAgent;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RepairReportsTest {

    private static final long MINUTE = RepairReports.TOLD_EVERY.toNanos();

    private final RepairReports reports = new RepairReports();

    @Test
    void the_first_is_told_at_once_and_what_follows_is_gathered() {
        reports.add(new Repaired(2, List.of("a")));
        assertThat(reports.next(0)).contains(new FromAgent.Repaired(2, 1, List.of("a")));
        reports.add(new Repaired(1, List.of("b")));
        reports.add(new Repaired(3, List.of("a", "b")));

        assertThat(reports.next(MINUTE - 1)).isEmpty();
        assertThat(reports.next(MINUTE)).contains(new FromAgent.Repaired(4, 2, List.of("a", "b")));
    }

    @Test
    void nothing_put_right_is_nothing_to_tell() {
        reports.add(new Repaired(0, List.of()));

        assertThat(reports.next(0)).isEmpty();
    }

    @Test
    void many_denies_are_counted_and_the_first_of_them_named() {
        var ids = IntStream.range(100, 250).mapToObj(Integer::toString).toList();
        reports.add(new Repaired(1, ids));

        assertThat(reports.next(0))
                .contains(new FromAgent.Repaired(1, 150, ids.subList(0, RepairReports.MOST_NAMED)));
    }

    @Test
    void what_was_told_shortly_before_the_line_ended_is_told_again_with_what_followed() {
        reports.add(new Repaired(2, List.of("a")));
        reports.next(0);

        reports.lineEnded(MINUTE / 2);
        reports.add(new Repaired(1, List.of("b")));

        assertThat(reports.next(MINUTE)).contains(new FromAgent.Repaired(3, 2, List.of("a", "b")));
    }

    @Test
    void what_was_told_long_before_the_line_ended_arrived() {
        reports.add(new Repaired(2, List.of("a")));
        reports.next(0);

        reports.lineEnded(RepairReports.UNSURE.toNanos());

        assertThat(reports.next(2 * MINUTE)).isEmpty();
    }

    @Test
    void a_line_that_ends_twice_does_not_make_it_more() {
        reports.add(new Repaired(2, List.of("a")));
        reports.next(0);

        reports.lineEnded(1);
        reports.lineEnded(2);

        assertThat(reports.next(MINUTE)).contains(new FromAgent.Repaired(2, 1, List.of("a")));
    }
}
