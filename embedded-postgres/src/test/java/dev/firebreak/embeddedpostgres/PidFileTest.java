package dev.firebreak.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PidFileTest {
    @Test
    void a_server_that_takes_sessions_is_ready() {
        var lines = List.of("42", "/d", "1", "5432", "", "127.0.0.1", "1 1", "ready   ");

        assertThat(PidFile.parse(lines)).contains(new PidFile(42, true));
    }

    @Test
    void a_server_that_recovers_is_not_ready() {
        var lines = List.of("42", "/d", "1", "5432", "", "127.0.0.1", "1 1", "starting");

        assertThat(PidFile.parse(lines)).contains(new PidFile(42, false));
    }

    @Test
    void a_half_written_file_says_nothing() {
        assertThat(PidFile.parse(List.of())).isEmpty();
        assertThat(PidFile.parse(List.of(""))).isEmpty();
        assertThat(PidFile.parse(List.of("4x"))).isEmpty();
        assertThat(PidFile.parse(List.of("99999999999999999999"))).isEmpty();
    }

    @Test
    void a_single_user_session_negates_its_number() {
        assertThat(PidFile.parse(List.of("-42"))).contains(new PidFile(42, false));
    }
}
