package dev.firebreak.hostagent.kernel;

import static dev.firebreak.hostagent.kernel.Denies.deny;
import static dev.firebreak.hostagent.kernel.Denies.tcp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Held;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a restarted agent makes of what its predecessor left in the kernel.
@KernelTest
class AdoptionKernelTest {

    private static final Duration DETACHED_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(10);

    private static final int P = 17_201;

    private static TwoCells cells;

    @BeforeAll
    static void serve() {
        cells = new TwoCells();
        cells.b.does("listen 0.0.0.0 " + P);
    }

    @AfterEach
    void release() {
        cells.release();
    }

    @AfterAll
    static void end() {
        cells.close();
    }

    @Test
    void a_restart_adopts_with_the_same_end_and_can_release() {
        Deny deny = deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P));
        cells.enforcer().put(deny);
        long expiry = cells.enforcer().expiry("d").orElseThrow();
        cells.enforcer().fence(41);

        long wrong = expiry - Duration.ofMinutes(3).toNanos();
        KernelEnforcer again = cells.reopen(List.of(), remember(deny, wrong));

        assertThat(again.expiry("d")).contains(expiry);
        assertThat(again.generation()).isEqualTo(41);
        assertThat(again.observe())
                .singleElement()
                .extracting(Held::state)
                .isEqualTo(Held.State.HELD);
        assertThat(connect()).startsWith("Operation not permitted");
        again.drop("d");
        assertThat(connect()).startsWith("ok");
        assertThat(again.usage().rules()).isZero();
    }

    /// Its generations are another log's, and would keep the new one out for ever.
    @Test
    void a_deny_that_nobody_remembers_holds_on_and_can_be_dropped_by_id() {
        cells.enforcer()
                .put(deny("forgotten", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P)));
        cells.enforcer().fence(41);

        KernelEnforcer again = cells.reopen(List.of(), Remembered.NOTHING);

        assertThat(again.generation()).isZero();

        assertThat(connect()).startsWith("Operation not permitted");
        assertThat(again.usage().leftovers()).isEqualTo(1);
        assertThat(again.drop("forgotten")).isTrue();
        assertThat(connect()).startsWith("ok");
        again.tidy();
        assertThat(again.usage().leftovers()).isZero();
    }

    @Test
    void a_drop_that_was_written_down_but_not_done_is_done_at_the_next_start() {
        cells.enforcer().put(deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P)));

        cells.reopen(List.of(), new Remembered(List.of(), Set.of("d"), 0));

        assertThat(connect()).startsWith("ok");
    }

    @Test
    void another_kernel_program_takes_over_without_opening() throws IOException {
        Deny deny = deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P));
        cells.enforcer().put(deny);
        long expiry = cells.enforcer().expiry("d").orElseThrow();
        Path pins = installations().getFirst();
        Files.move(pins, pins.resolveSibling("7-0123456789abcdef"));

        KernelEnforcer again = cells.reopen(List.of(), remember(deny, expiry));

        assertThat(connect()).startsWith("Operation not permitted");
        assertThat(again.expiry("d")).contains(expiry);
        assertThat(again.usage().leftovers()).isZero();
        assertThat(installations()).hasSize(1);
        again.drop("d");
        assertThat(connectOnceDetached()).startsWith("ok");
    }

    @Test
    void an_installation_that_cannot_be_read_goes_once_its_denies_are_held_again()
            throws IOException {
        Deny deny = deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P));
        cells.enforcer().put(deny);
        Path pins = installations().getFirst();
        Path foreign = Files.move(pins, pins.resolveSibling("9-fedcba9876543210"));
        Files.delete(foreign.resolve("map_rules"));

        KernelEnforcer again =
                cells.reopen(List.of(), remember(deny, BootClock.nanos() + Denies.LONG.toNanos()));

        assertThat(connect()).startsWith("Operation not permitted");
        assertThat(installations()).hasSize(1);
        again.drop("d");
        assertThat(connect()).startsWith("ok");
    }

    @Test
    void after_a_reboot_the_state_file_alone_brings_the_denies_back() {
        Deny deny = deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P));
        cells.reboot(remember(deny, BootClock.nanos() + Duration.ofMinutes(1).toNanos()));

        assertThat(connect()).startsWith("Operation not permitted");
    }

    @Test
    void what_somebody_else_changed_in_the_maps_is_put_right() {
        Deny deny = deny("d", cells.subjectA(), Direction.BOTH, "127.0.0.1", tcp(P));
        cells.enforcer().put(deny);
        Saboteur.wipe(cells.placement(), "rules");
        Saboteur.wipe(cells.placement(), "subjects");
        assertThat(connect()).startsWith("ok");
        assertThat(cells.enforcer().observe())
                .singleElement()
                .extracting(Held::code)
                .isEqualTo("not-read-back");

        var repaired = cells.enforcer().repair();

        assertThat(repaired.denies()).containsExactly("d");
        assertThat(connect()).startsWith("Operation not permitted");
        assertThat(cells.enforcer().repair().any()).isFalse();
    }

    @Test
    void two_agents_of_one_name_are_refused() {
        assertThatThrownBy(() -> KernelEnforcer.open(cells.placement()))
                .isInstanceOf(Unsupported.class)
                .hasMessageContaining("another agent");
    }

    private static Remembered remember(Deny deny, long expiry) {
        return new Remembered(List.of(new Remembered.Until(deny, expiry)), Set.of(), 0);
    }

    private static List<Path> installations() {
        return new Pins(
                        Mounts.bpffs(cells.placement().runDirectory()),
                        cells.placement().enforcer())
                .installations();
    }

    /// A program whose last pin goes is taken off its cgroup by the kernel a moment later.
    private static String connectOnceDetached() {
        long deadline = BootClock.nanos() + DETACHED_WITHIN.toNanos();
        String answer = connect();
        while (answer.startsWith("Operation not permitted") && BootClock.nanos() < deadline) {
            BootWait.until(BootClock.nanos() + LOOK_AGAIN.toNanos());
            answer = connect();
        }
        return answer;
    }

    private static String connect() {
        return cells.a.does("connect x 127.0.0.1 " + P);
    }
}
