package dev.firebreak.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The soak as part of the ordinary test: twenty kills instead of two hundred. It prints its seed,
/// and what it found.
class SoakIT {

    @Test
    void after_twenty_kills_every_acknowledged_command_is_there_and_no_view_missed_an_event() {
        var exit =
                new CommandLine(new SoakCommand())
                        .execute("--kills", "20", "--clients", "4", "--calm", "PT0.5S");

        assertThat(exit).isZero();
    }

    /// Without this the other test could not fail.
    @Test
    void a_lost_event_is_noticed() {
        var exit =
                new CommandLine(new SoakCommand())
                        .execute("--kills", "0", "--clients", "1", "--plant", "LOST_END");

        assertThat(exit).isNotZero();
    }
}
