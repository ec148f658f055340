package dev.firebreak.service.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FarewellTest {

    private static final Instant SOON = Instant.parse("2026-11-23T03:10:00Z");
    private static final Instant LATER = Instant.parse("2026-11-23T04:00:00.5Z");

    @Test
    void with_nothing_contained_it_says_so() {
        assertThat(new Farewell(List.of()).sentence())
                .isEqualTo("Firebreak stops. No containment has time left.");
    }

    @Test
    void what_goes_on_is_told_with_its_end() {
        assertThat(new Farewell(List.of(SOON)).sentence())
                .contains("1 containment has time left", "stays held")
                .endsWith("at its end, 2026-11-23 03:10:00 UTC.");
    }

    @Test
    void of_several_the_last_end_is_told() {
        assertThat(new Farewell(List.of(LATER, SOON)).sentence())
                .contains("2 containments have time left")
                .endsWith("the last 2026-11-23 04:00:00 UTC.");
    }
}
