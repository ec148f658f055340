package dev.firebreak.commandside.guardrail;

import static dev.firebreak.commandside.guardrail.Guardrails.DEFAULT_APPROVER;
import static dev.firebreak.commandside.guardrail.Guardrails.DEFAULT_RESPONDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.commandside.Cast;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Role;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class GuardrailsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    @Test
    void limits_that_make_no_sense_are_refused_with_what_was_wrong() {
        assertThatThrownBy(() -> new Limits(Duration.ZERO, MINUTE, 1, 0.1, 0))
                .hasMessageContaining("shortest");
        assertThatThrownBy(() -> new Limits(MINUTE, Duration.ofSeconds(59), 1, 0.1, 0))
                .hasMessageContaining("longest");
        assertThatThrownBy(() -> new Limits(MINUTE, Duration.ofDays(31), 1, 0.1, 0))
                .hasMessageContaining("longest");
        assertThatThrownBy(() -> new Limits(MINUTE, MINUTE, -1, 0.1, 0))
                .hasMessageContaining("negative");
        for (var share : List.of(0.0, -0.1, 1.01, Double.NaN)) {
            assertThatThrownBy(() -> new Limits(MINUTE, MINUTE, 1, share, 0))
                    .hasMessageContaining("share");
        }
    }

    @Test
    void as_many_as_may_be_cut_off_alone_are_exactly_those_that_need_nobody_else() {
        for (var share : List.of(0.05, 0.1, 0.25, 1.0 / 3, 0.7, 1.0)) {
            var limits = new Limits(MINUTE, MINUTE, 25, share, 2);
            for (var fleet = 1; fleet < 400; fleet++) {
                var alone = limits.alone(fleet);
                assertThat(limits.beyond(reach(alone, fleet))).isEmpty();
                assertThat(limits.beyond(reach(alone + 1, fleet)))
                        .as("%d of %d at %s", alone + 1, fleet, share)
                        .isPresent();
            }
        }
    }

    @Test
    void a_higher_role_is_never_bound_more_tightly() {
        assertThatThrownBy(() ->
                        new Guardrails(
                                DEFAULT_APPROVER,
                                DEFAULT_RESPONDER,
                                DEFAULT_APPROVER,
                                Duration.ofMinutes(10),
                                KnownFacts.QUIET))
                .hasMessageContaining("higher role");
    }

    @Test
    void the_time_for_an_approval_is_bounded() {
        for (var window : List.of(Duration.ZERO, Duration.ofSeconds(9), Duration.ofDays(2))) {
            assertThatThrownBy(() ->
                            new Guardrails(
                                    DEFAULT_RESPONDER,
                                    DEFAULT_APPROVER,
                                    DEFAULT_APPROVER,
                                    window,
                                    KnownFacts.QUIET))
                    .hasMessageContaining("approval");
        }
    }

    @Test
    void a_share_of_a_small_fleet_counts_only_above_a_few_members() {
        var needed =
                Cast.GUARDRAILS.approvalNeeded(
                        new Reach(4, 12, List.of(), List.of()), Role.RESPONDER);

        assertThat(needed)
                .contains(
                        "it touches 4 of 12 workloads, 33 % of the fleet and more than the 10 %"
                                + " that a responder may cut off alone");
        assertThat(
                        Cast.GUARDRAILS.approvalNeeded(
                                new Reach(1, 3, List.of(), List.of()), Role.RESPONDER))
                .isEmpty();
    }

    private static Reach reach(int members, int fleet) {
        return new Reach(members, fleet, List.of(), List.of());
    }
}
