package dev.firebreak.queryside.enforcer;

import static dev.firebreak.queryside.Happenings.END;
import static dev.firebreak.queryside.Happenings.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.queryside.Witness.Heard;
import dev.firebreak.segmentation.KnownEnforcer.Standing;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeenTest {
    private static final Instant JUST_NOW = END.minusSeconds(2);

    /// The service was started anew, and the log still tells of the connection at noon.
    private static final Instant SINCE = END.minusSeconds(600);

    private final EnforcerRow row = new EnforcerRow(new EnforcerRow.Key(1, "host/web-1"));

    @Test
    void one_that_is_heard_here_was_last_heard_when_it_was() {
        var seen = seen(Standing.CONNECTED, new Heard.Here(SINCE, JUST_NOW));

        assertThat(seen.state()).isEqualTo("connected");
        assertThat(seen.heardAt()).isEqualTo(JUST_NOW);
        assertThat(seen.since()).isEqualTo(SINCE);
        assertThat(seen.text(END)).isEqualTo("connected since 12:20 UTC");
    }

    @Test
    void one_that_the_log_calls_connected_and_nobody_hears_is_unknown() {
        var seen = seen(Standing.CONNECTED, new Heard.ByNobody());

        assertThat(seen.state()).isEqualTo("unknown");
        assertThat(seen.heardAt()).isEqualTo(NOON);
        assertThat(seen.text(END))
                .isEqualTo("not heard yet, was last heard at 12:00 UTC; what it holds is unknown");
    }

    @Test
    void one_that_another_replica_hears_is_connected_there() {
        var seen = seen(Standing.CONNECTED, new Heard.Elsewhere());

        assertThat(seen.state()).isEqualTo("connected");
        assertThat(seen.text(END)).isEqualTo("connected to another replica");
    }

    @Test
    void one_that_has_obeyed_a_newer_log_is_ahead_and_not_just_connected() {
        var seen =
                seen(
                        Standing.CONNECTED,
                        new Heard.HereAhead(SINCE, JUST_NOW, "This log is older."));

        assertThat(seen.state()).isEqualTo("ahead");
        assertThat(seen.heardAt()).isEqualTo(JUST_NOW);
        assertThat(seen.text(END)).isEqualTo("This log is older.");
    }

    @Test
    void one_that_came_back_is_connected_before_its_event_is_read() {
        var seen = seen(Standing.SILENT, new Heard.Here(SINCE, JUST_NOW));

        assertThat(seen.state()).isEqualTo("connected");
        assertThat(seen.text(END)).isEqualTo("connected since 12:20 UTC");
    }

    @Test
    void one_that_was_revoked_is_revoked_whoever_hears_it_for_another_moment() {
        assertThat(seen(Standing.REVOKED, new Heard.Here(SINCE, JUST_NOW)).state())
                .isEqualTo("revoked");
    }

    @ParameterizedTest
    @EnumSource(Standing.class)
    void where_nobody_listens_the_last_event_is_all_there_is(Standing standing) {
        row.standing = standing.name();
        row.since = NOON;
        row.heardAt = NOON;

        var seen = Seen.of(row, Optional.empty());

        assertThat(seen.state()).isEqualToIgnoringCase(standing.name());
        assertThat(seen.heardAt()).isEqualTo(NOON);
    }

    @Test
    void who_is_heard_by_anybody_is_hindered_by_nothing() {
        assertThat(seen(Standing.CONNECTED, new Heard.Here(NOON, JUST_NOW)).hindrance(END))
                .isEmpty();
        assertThat(seen(Standing.CONNECTED, new Heard.Elsewhere()).hindrance(END)).isEmpty();
    }

    @Test
    void who_is_not_heard_would_hold_nothing_and_it_is_said_since_when() {
        var unheard =
                "it is not heard at present, last at 12:00 UTC; nothing of this is held there";

        assertThat(seen(Standing.CONNECTED, new Heard.ByNobody()).hindrance(END))
                .hasValueSatisfying(why -> assertThat(why).startsWith(unheard));
        assertThat(seen(Standing.SILENT, new Heard.ByNobody()).hindrance(END))
                .hasValueSatisfying(why -> assertThat(why).startsWith(unheard));
        assertThat(seen(Standing.ENROLLED, new Heard.ByNobody()).hindrance(END))
                .hasValueSatisfying(why -> assertThat(why).contains("not connected since"));
        assertThat(seen(Standing.CONNECTED, new Heard.HereAhead(NOON, JUST_NOW, "")).hindrance(END))
                .hasValueSatisfying(why -> assertThat(why).contains("a newer log"));
    }

    private Seen seen(Standing standing, Heard heard) {
        row.standing = standing.name();
        row.since = NOON;
        row.heardAt = NOON;
        return Seen.of(row, Optional.of(heard));
    }
}
