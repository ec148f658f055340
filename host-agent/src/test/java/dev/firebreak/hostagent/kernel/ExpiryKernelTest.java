package dev.firebreak.hostagent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The kernel lets go by itself, on time and never early, with nobody left to tell it.
@KernelTest
class ExpiryKernelTest {

    private static final int P = 17_101;
    private static final int MANY = 1_000;
    private static final long LATE = Duration.ofMillis(20).toNanos();

    private static TwoCells cells;

    @BeforeAll
    static void serve() {
        cells = new TwoCells();
        cells.b.does("listen 0.0.0.0 " + P);
    }

    @AfterAll
    static void end() {
        cells.close();
    }

    @Test
    void a_thousand_denies_hold_to_the_end_after_kill_9_and_are_open_20_ms_later()
            throws IOException, InterruptedException {
        String enforcer = cells.placement().enforcer() + "-killed";
        Process agent =
                Holder.start(
                        List.of(), enforcer, cells.subjectA().path(), "" + MANY, "5000", "" + P);
        long[] said = numbers(agent);
        agent.destroyForcibly().waitFor();
        assertThat(said[0]).isEqualTo(MANY);
        long first = said[1];
        long last = said[2];

        long[] sweep = sweep();
        int sweeps = 0;
        while (sweep[2] + (sweep[2] - sweep[1]) * 3 < first) {
            assertThat(sweep[0]).isEqualTo(MANY);
            sweep = sweep();
            sweeps++;
        }
        assertThat(sweeps).isPositive();
        long[] flip = watch(Holder.address(0), first + LATE);
        assertThat(flip[2]).as("never early").isGreaterThanOrEqualTo(first);
        assertThat(flip[0]).as("the last refused call began").isLessThan(first + LATE);
        BootWait.until(last + LATE);
        assertThat(sweep()[0]).isZero();

        try (var adopted = KernelEnforcer.open(Placement.wholeMachine(enforcer))) {
            assertThat(adopted.observe()).isEmpty();
            assertThat(adopted.usage().rules()).isZero();
            assertThat(adopted.usage().subjects()).isZero();
            assertThat(adopted.usage().leftovers()).isZero();
            adopted.remove();
        }
    }

    @Test
    void an_agent_with_a_shifted_boot_clock_ends_denies_at_the_right_instant()
            throws IOException, InterruptedException {
        String enforcer = cells.placement().enforcer() + "-shifted";
        List<String> elsewhen =
                List.of(
                        "unshare",
                        "-T",
                        "--boottime",
                        "86400",
                        "--monotonic",
                        "86400",
                        "--fork",
                        "--kill-child");
        long began = BootClock.nanos();
        Process agent =
                Holder.start(elsewhen, enforcer, cells.subjectA().path(), "1", "4000", "" + P);
        long[] said = numbers(agent);
        long put = BootClock.nanos();

        long[] flip = watch(Holder.address(0), put + Duration.ofSeconds(6).toNanos());

        agent.destroyForcibly().waitFor();
        assertThat(said[1]).isBetween(began, put + Duration.ofSeconds(4).toNanos());
        assertThat(flip[2]).isGreaterThanOrEqualTo(said[1]);
        assertThat(flip[0]).isLessThan(said[1] + LATE);
        new Pins(Mounts.bpffs(cells.placement().runDirectory()), enforcer)
                .installations()
                .forEach(Installation::remove);
    }

    private static long[] sweep() {
        return parse(cells.a.does("sweep " + MANY + " " + P));
    }

    private static long[] watch(String address, long until) {
        return parse(cells.a.does("watch " + address + " " + P + " " + until));
    }

    private static long[] numbers(Process process) throws IOException {
        return parse(process.inputReader(StandardCharsets.UTF_8).readLine());
    }

    private static long[] parse(String line) {
        String[] words = line.split(" ", -1);
        return new long[] {
            Long.parseLong(words[0]), Long.parseLong(words[1]), Long.parseLong(words[2])
        };
    }
}
