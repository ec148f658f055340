package dev.firebreak.eventlog.term;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhrasesTest {

    @Test
    void a_time_is_said_with_its_date_and_in_utc() {
        assertThat(Phrases.time(Instant.parse("2026-11-23T03:40:05.6Z")))
                .isEqualTo("2026-11-23 03:40:05 UTC");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT-5S, 0s",
        "PT0.001S, 1s",
        "PT59.1S, 1m",
        "PT90S, 1m30s",
        "PT25H, 1d1h"
    })
    void a_span_is_said_as_it_is_typed(Duration span, String said) {
        assertThat(Phrases.span(span)).isEqualTo(said);
    }

    @Test
    void a_long_list_is_cut_and_says_so() {
        assertThat(Phrases.list(List.of(1, 2, 3, 4, 5, 6, 7)))
                .isEqualTo("1, 2, 3, 4, 5 and 2 more");
        assertThat(Phrases.list(List.of("a", "b"))).isEqualTo("a, b");
    }
}
