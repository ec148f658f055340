package dev.firebreak.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Flow;
import dev.firebreak.hostagent.deny.Gap;
import dev.firebreak.hostagent.deny.Law;
import dev.firebreak.hostagent.deny.NeverDeny;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.kernel.KernelEnforcer;
import dev.firebreak.hostagent.kernel.KernelTest;
import dev.firebreak.hostagent.kernel.Placement;
import dev.firebreak.hostagent.kernel.Repaired;
import dev.firebreak.hostagent.kernel.Saboteur;
import dev.firebreak.hostagent.protocol.Frames;
import dev.firebreak.hostagent.protocol.FromAgent;
import dev.firebreak.hostagent.protocol.FromAgent.Outcome;
import dev.firebreak.hostagent.protocol.FromAgent.Probe;
import dev.firebreak.hostagent.protocol.FromService.Plan;
import dev.firebreak.hostagent.protocol.FromService.Welcome;
import dev.firebreak.hostagent.protocol.WireDeny;
import dev.firebreak.hostagent.protocol.WireHeld;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Plans against the host's own law, on a real kernel.
@KernelTest
class HostAgentKernelTest {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Law LAW =
            new Law(Duration.ofHours(1), 100, List.of(NeverDeny.parse("192.0.2.99")));

    @TempDir Path state;

    /// One name for all tests: each adopts the programs that the one before left pinned.
    private static final Placement PLACEMENT =
            Placement.wholeMachine("test/agent-" + ProcessHandle.current().pid());

    private final Path cgroup =
            PLACEMENT
                    .cgroupMount()
                    .resolve(
                            "fbt-agent-"
                                    + ProcessHandle.current().pid()
                                    + "-"
                                    + COUNT.incrementAndGet());
    private @Nullable KernelEnforcer kernel;
    private @Nullable Journal journal;

    @BeforeEach
    void makeCgroup() throws IOException {
        Files.createDirectory(cgroup);
    }

    @AfterEach
    void tidyUp() throws IOException {
        if (kernel != null && journal != null) {
            kernel.ids().forEach(kernel::drop);
            kernel.fence(0);
            kernel.close();
            journal.close();
        }
        Files.deleteIfExists(cgroup);
    }

    @AfterAll
    static void takeOut() {
        KernelEnforcer.open(PLACEMENT).remove();
    }

    @Test
    void a_plan_is_held_read_back_and_answered_by_its_request() {
        FromAgent.Receipt receipt = start().apply(plan(1, List.of(deny("d", 60_000)))).receipt();

        assertThat(receipt.outcome()).isEqualTo(Outcome.APPLIED);
        assertThat(receipt.request()).isEqualTo(7);
        assertThat(receipt.denies()).singleElement().extracting(WireHeld::state).isEqualTo("held");
        assertThat(receipt.denies().getFirst().remainingMillis()).isBetween(50_000L, 60_000L);
    }

    @Test
    void a_stale_plan_never_wins_not_even_after_a_restart() {
        start().apply(plan(5, List.of(deny("d", 60_000))));

        assertRejected(restart().apply(plan(4, List.of(deny("e", 60_000)))), "stale-generation", 5);
    }

    @Test
    void the_same_generation_again_is_the_same_plan_again() {
        HostAgent agent = start();
        agent.apply(plan(5, List.of(deny("d", 60_000))));

        assertThat(agent.apply(plan(5, List.of(deny("d", 60_000)))).receipt().outcome())
                .isEqualTo(Outcome.APPLIED);
        assertThat(agent.kernel().ids()).containsExactly("d");
    }

    @Test
    void empty_is_never_a_plan() {
        assertRejected(
                start().apply(new Plan(1, 7, true, 0, 0, List.of(), List.of(), null)),
                "empty-plan",
                0);
    }

    @Test
    void a_truncated_plan_is_seen() {
        assertRejected(
                start().apply(
                                new Plan(
                                        1,
                                        7,
                                        false,
                                        2,
                                        0,
                                        List.of(deny("d", 60_000)),
                                        List.of(),
                                        null)),
                "truncated-plan",
                0);
    }

    @Test
    void an_id_named_twice_is_refused() {
        assertRejected(
                start().apply(plan(1, List.of(deny("d", 60_000), deny("d", 50_000)))),
                "malformed-plan",
                0);
        assertRejected(
                start(journalAgain())
                        .apply(
                                new Plan(
                                        1,
                                        7,
                                        false,
                                        1,
                                        1,
                                        List.of(deny("d", 60_000)),
                                        List.of("d"),
                                        null)),
                "malformed-plan",
                0);
    }

    @Test
    void what_breaks_the_law_is_refused_by_itself_and_the_rest_is_held() {
        WireDeny tooLong = deny("long", Duration.ofHours(2).toMillis());
        WireDeny lifeline =
                new WireDeny("life", 60_000, subjects(), "both", List.of("192.0.2.99"), List.of());
        WireDeny nonsense =
                new WireDeny("no", 60_000, subjects(), "sideways", List.of(), List.of());

        FromAgent.Receipt receipt =
                start().apply(plan(1, List.of(tooLong, lifeline, nonsense, deny("d", 60_000))))
                        .receipt();

        assertThat(receipt.denies())
                .extracting(WireHeld::code)
                .containsExactly("ttl-too-long", "never-deny", "malformed", "held");
    }

    @Test
    void nothing_is_removed_by_absence() {
        HostAgent agent = start();
        agent.apply(plan(1, List.of(deny("old", 60_000))));

        FromAgent.Receipt receipt =
                agent.apply(
                                new Plan(
                                        2,
                                        7,
                                        true,
                                        1,
                                        0,
                                        List.of(deny("new", 60_000)),
                                        List.of(),
                                        null))
                        .receipt();

        assertThat(receipt.unclaimed()).containsExactly("old");
        assertThat(agent.kernel().ids()).containsExactly("old", "new");
    }

    @Test
    void a_restart_knows_what_it_held_and_what_it_dropped() {
        HostAgent agent = start();
        agent.apply(plan(1, List.of(deny("kept", 60_000), deny("gone", 60_000))));
        agent.apply(new Plan(2, 7, false, 0, 1, List.of(), List.of("gone"), null));

        assertThat(restart().kernel().ids()).containsExactly("kept");
    }

    @Test
    void a_deny_around_a_lifeline_says_what_stays_open() {
        WireDeny around =
                new WireDeny("d", 60_000, subjects(), "both", List.of("192.0.2.0/24"), List.of());

        WireHeld held = start().apply(plan(1, List.of(around))).receipt().denies().getFirst();

        assertThat(held.state()).isEqualTo("held");
        assertThat(held.caveats()).anyMatch(caveat -> caveat.contains("192.0.2.99"));
    }

    @Test
    void a_probe_from_inside_the_cgroup_meets_eperm() {
        HostAgent agent = start();
        HostAgent.Applied applied = agent.apply(plan(1, List.of(deny("d", 60_000))));

        try (var prober = new Prober(agent.kernel(), LAW.neverDeny())) {
            var verified = new Verifier(agent.kernel(), prober).verify(1, applied.toVerify());

            assertThat(verified.denies())
                    .singleElement()
                    .extracting(FromAgent.Verified::probe)
                    .isEqualTo(Probe.DENIED);
            agent.kernel().drop("d");
            assertThat(prober.probe(applied.toVerify().getFirst()).probe())
                    .isEqualTo(Probe.ALLOWED);
        }
        assertThat(cgroup.resolve(Prober.CGROUP)).doesNotExist();
    }

    @Test
    void a_probe_is_no_evidence_and_one_real_call_is_exactly_one_flow() throws IOException {
        HostAgent agent = start();
        drained(agent);
        HostAgent.Applied applied = agent.apply(plan(1, List.of(deny("d", 60_000))));

        try (var prober = new Prober(agent.kernel(), LAW.neverDeny())) {
            var verified = new Verifier(agent.kernel(), prober).verify(1, applied.toVerify());

            assertThat(verified.denies().getFirst().probe()).isEqualTo(Probe.DENIED);
            assertThat(drained(agent)).isEmpty();
            assertThat(agent.kernel().deniedPackets()).isZero();
        }

        assertThat(callFromInside("tcp 127.0.0.77 443")).isEqualTo("denied");
        assertThat(drained(agent))
                .singleElement()
                .satisfies(flow -> {
                    assertThat(flow.deny()).isEqualTo("d");
                    assertThat(flow.peer()).isEqualTo(Prefix.parse("127.0.0.77"));
                    assertThat(flow.servicePort()).isEqualTo(443);
                    assertThat(flow.packets()).isEqualTo(1);
                });
        assertThat(agent.kernel().deniedPackets()).isEqualTo(1);
    }

    @Test
    void what_the_workload_tries_while_a_probe_is_inside_is_counted() throws IOException {
        HostAgent agent = start();
        drained(agent);
        agent.apply(plan(1, List.of(deny("d", 60_000))));
        Path cell = Files.createDirectory(cgroup.resolve(Prober.CGROUP));

        agent.kernel().probeEnters(cell);
        assertThat(callFromInside("tcp 127.0.0.77 443")).isEqualTo("denied");
        agent.kernel().probeLeft();
        Files.delete(cell);

        assertThat(drained(agent)).extracting(Flow::packets).containsExactly(1L);
    }

    /// Both tables, each of which rests for one call before it is read.
    private static List<Flow> drained(HostAgent agent) {
        List<Flow> flows = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            flows.addAll(agent.drainFlows());
        }
        return flows;
    }

    /// A call that a process of the workload makes.
    private String callFromInside(String attempt) throws IOException {
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                ProbeMain.class.getName())
                        .start();
        try {
            Files.writeString(cgroup.resolve("cgroup.procs"), Long.toString(process.pid()));
            process.outputWriter().write(attempt + "\n");
            process.outputWriter().flush();
            return String.valueOf(process.inputReader().readLine());
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /// As responders do before they look inside.
    @Test
    void a_frozen_cgroup_cannot_be_probed_and_stops_nothing_else() throws IOException {
        HostAgent agent = start();
        HostAgent.Applied applied = agent.apply(plan(1, List.of(deny("d", 60_000))));
        Path freezer = cgroup.resolve("cgroup.freeze");

        try (var prober = new Prober(agent.kernel(), LAW.neverDeny())) {
            Files.writeString(freezer, "1");
            Prober.Verdict frozen = prober.probe(applied.toVerify().getFirst());
            Files.writeString(freezer, "0");
            Prober.Verdict thawed = prober.probe(applied.toVerify().getFirst());

            assertThat(frozen.probe()).isEqualTo(Probe.NOT_POSSIBLE);
            assertThat(frozen.detail()).contains("frozen");
            assertThat(thawed.probe()).isEqualTo(Probe.DENIED);
        }
        assertThat(cgroup.resolve(Prober.CGROUP)).doesNotExist();
    }

    @Test
    void the_loop_covers_a_cgroup_that_comes_back_and_tells_the_service() throws Exception {
        HostAgent agent = start();
        BlockingQueue<FromAgent> said = new LinkedBlockingQueue<>();
        BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();
        try (var prober = new Prober(agent.kernel(), List.of());
                var loop =
                        new AgentLoop(
                                agent,
                                new Verifier(agent.kernel(), prober),
                                new FlowReports(1),
                                said::add,
                                broken::add)) {
            loop.start();
            loop.receive(plan(1, List.of(deny("d", 60_000))));
            await(said, FromAgent.Receipt.class);
            Files.delete(cgroup);
            assertThat(await(said, FromAgent.Observation.class).denies().getFirst().state())
                    .isEqualTo("waiting");

            long made = System.nanoTime();
            Files.createDirectory(cgroup);
            while (agent.kernel().observe().stream().noneMatch(h -> h.code().equals("held"))) {
                assertThat(System.nanoTime() - made).isLessThan(Duration.ofSeconds(2).toNanos());
            }
            System.out.println(
                    "a cgroup made anew was covered after "
                            + (System.nanoTime() - made) / 1_000
                            + " us");
            assertThat(await(said, FromAgent.Observation.class).denies().getFirst().state())
                    .isEqualTo("held");
            // After it, however close to the observation before it came.
            while (await(said, FromAgent.Verification.class).denies().getFirst().probe()
                    != Probe.DENIED) {
                assertThat(System.nanoTime() - made).isLessThan(Duration.ofSeconds(20).toNanos());
            }
            assertThat(broken).isEmpty();
        }
    }

    @Test
    void who_found_no_room_is_cut_and_verified_once_somebody_else_has_ended() throws Exception {
        HostAgent agent = start();
        List<WireDeny> full =
                IntStream.rangeClosed(8, 23)
                        .mapToObj(length ->
                                new WireDeny(
                                        "l" + length,
                                        60_000,
                                        subjects(),
                                        "egress",
                                        List.of("10.0.0.0/" + length),
                                        List.of()))
                        .toList();
        agent.apply(plan(1, full));
        List<WireDeny.WireSubject> two = new ArrayList<>(subjects());
        two.add(new WireDeny.WireSubject(false, "/elsewhere-" + COUNT.get()));
        var both = new WireDeny("d", 60_000, two, "egress", List.of("198.51.100.0/24"), List.of());
        HostAgent.Applied applied = agent.apply(plan(2, List.of(both)));
        assertThat(applied.receipt().denies().getFirst().gaps())
                .extracting(Gap::code)
                .containsExactly("too-many-shapes");
        assertThat(applied.toVerify().getFirst().subjects()).hasSize(1);

        agent.apply(
                plan(
                        2,
                        List.of(
                                new WireDeny(
                                        "l8",
                                        1_000,
                                        subjects(),
                                        "egress",
                                        List.of("10.0.0.0/8"),
                                        List.of()))));
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        HostAgent.Changes changes = agent.keepUp();
        while (changes.lapsed().isEmpty() && System.nanoTime() < deadline) {
            changes = agent.keepUp();
        }

        assertThat(changes.lapsed()).containsExactly("l8");
        assertThat(changes.moved()).extracting(Deny::id).containsExactly("d");
        assertThat(changes.moved().getFirst().subjects()).hasSize(2);
    }

    @Test
    void a_refused_replacement_leaves_its_predecessor_to_the_next_start_too() {
        HostAgent agent = start();
        agent.apply(plan(1, List.of(deny("d", 60_000))));
        WireDeny broad = new WireDeny("d", 60_000, subjects(), "both", tooManyShapes(), List.of());

        WireHeld refused = agent.apply(plan(2, List.of(broad))).receipt().denies().getFirst();

        assertThat(refused.code()).isEqualTo("too-many-shapes");
        assertThat(restart().kernel().find("d").orElseThrow().peers())
                .containsExactly(Prefix.parse("127.0.0.77"));
    }

    @Test
    void a_refused_replacement_of_what_nobody_remembers_does_not_end_it_at_the_next_start()
            throws IOException {
        Deny forgotten = start().apply(plan(1, List.of(deny("d", 60_000)))).toVerify().getFirst();
        forget();
        HostAgent agent = start();
        assertThat(agent.kernel().usage().leftovers()).isEqualTo(1);
        WireDeny broad = new WireDeny("d", 60_000, subjects(), "both", tooManyShapes(), List.of());

        WireHeld refused = agent.apply(plan(1, List.of(broad))).receipt().denies().getFirst();

        assertThat(refused.code()).isEqualTo("too-many-shapes");
        KernelEnforcer again = restart().kernel();
        try (var prober = new Prober(agent.kernel(), LAW.neverDeny())) {
            assertThat(prober.probe(forgotten).probe()).isEqualTo(Probe.DENIED);
        }
        assertThat(again.drop("d")).isTrue();
        again.tidy();
        assertThat(again.usage().leftovers()).isZero();
    }

    @Test
    void what_was_refused_for_the_first_time_is_not_brought_back() {
        WireDeny broad = new WireDeny("d", 60_000, subjects(), "both", tooManyShapes(), List.of());
        start().apply(plan(1, List.of(broad)));

        assertThat(restart().kernel().ids()).isEmpty();
    }

    @Test
    void what_was_not_read_back_is_verified_and_held_by_the_next_start() {
        HostAgent agent = start();
        Saboteur.detach(PLACEMENT);

        HostAgent.Applied applied = agent.apply(plan(1, List.of(deny("d", 60_000))));

        assertThat(applied.receipt().denies().getFirst().code()).isEqualTo("not-read-back");
        assertThat(applied.toVerify()).extracting(Deny::id).containsExactly("d");
        assertThat(restart().kernel().observe().getFirst().code()).isEqualTo("held");
    }

    @Test
    void what_a_detached_program_leaves_is_not_reported_as_held_for_long() throws Exception {
        BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();

        sabotaged(Saboteur::detach, broken);

        assertThat(broken.poll(5, TimeUnit.SECONDS))
                .isNotNull()
                .hasMessageContaining("builds its installation anew");
        assertThat(restart().kernel().attached()).isTrue();
    }

    @Test
    void what_somebody_unpinned_is_pinned_again_before_it_can_be_lost() throws Exception {
        BlockingQueue<Throwable> broken = new LinkedBlockingQueue<>();

        KernelEnforcer sabotaged = sabotaged(Saboteur::unpin, broken);

        assertThat(sabotaged.pinned()).isTrue();
        assertThat(broken).isEmpty();
        assertThat(restart().kernel().usage().leftovers()).isZero();
    }

    /// An agent after two heartbeats that follow on a sabotage, or after it broke.
    private KernelEnforcer sabotaged(Consumer<Placement> sabotage, BlockingQueue<Throwable> broken)
            throws InterruptedException {
        HostAgent agent = start();
        BlockingQueue<FromAgent> said = new LinkedBlockingQueue<>();
        try (var prober = new Prober(agent.kernel(), List.of());
                var loop =
                        new AgentLoop(
                                agent,
                                new Verifier(agent.kernel(), prober),
                                new FlowReports(1),
                                said::add,
                                broken::add)) {
            loop.start();
            loop.receive(new Welcome(1, AgentLoop.LEAST_HEARTBEAT_MILLIS, null));
            await(said, FromAgent.Heartbeat.class);
            sabotage.accept(PLACEMENT);
            said.clear();
            for (int beat = 0; beat < 2 && broken.isEmpty(); beat++) {
                said.poll(2, TimeUnit.SECONDS);
            }
        }
        return agent.kernel();
    }

    @Test
    void a_helper_that_dies_inside_leaves_no_cgroup_and_its_own_reason() throws Exception {
        HostAgent agent = start();
        HostAgent.Applied applied = agent.apply(plan(1, List.of(deny("d", 60_000))));
        Files.writeString(cgroup.resolve("cgroup.freeze"), "1");

        try (var prober = new Prober(agent.kernel(), LAW.neverDeny())) {
            var verdict = new CompletableFuture<Prober.Verdict>();
            Deny deny = applied.toVerify().getFirst();
            Thread.ofPlatform().start(() -> verdict.complete(prober.probe(deny)));
            killInside(cgroup.resolve(Prober.CGROUP).resolve("cgroup.procs"));

            assertThat(verdict.get(10, TimeUnit.SECONDS).detail()).contains("the helper ended");
        }
        assertThat(cgroup.resolve(Prober.CGROUP)).doesNotExist();
    }

    private static void killInside(Path members) throws IOException {
        long until = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        while (System.nanoTime() < until) {
            List<String> pids = Files.exists(members) ? Files.readAllLines(members) : List.of();
            if (!pids.isEmpty()) {
                ProcessHandle.of(Long.parseLong(pids.getFirst())).orElseThrow().destroyForcibly();
                return;
            }
            Thread.onSpinWait();
        }
        throw new IllegalStateException("no helper inside");
    }

    /// Each would cost seconds on the thread that also ends sessions.
    @Test
    void a_frozen_subject_is_probed_once_a_round() throws IOException {
        HostAgent agent = start();
        HostAgent.Applied applied =
                agent.apply(
                        plan(1, List.of(deny("d", 60_000), deny("e", 60_000), deny("f", 60_000))));
        Files.writeString(cgroup.resolve("cgroup.freeze"), "1");

        try (var prober = new Prober(agent.kernel(), LAW.neverDeny())) {
            long began = System.nanoTime();
            var verified = new Verifier(agent.kernel(), prober).verify(1, applied.toVerify());

            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(Duration.ofSeconds(9));
            assertThat(verified.denies())
                    .extracting(FromAgent.Verified::probe)
                    .containsOnly(Probe.NOT_POSSIBLE);
            assertThat(verified.denies().getLast().detail()).contains("not tried", "frozen");
        }
    }

    @Test
    void what_remains_of_a_deny_remains_from_when_the_plan_was_spoken() {
        HostAgent agent = start();
        long tenSecondsAgo = KernelEnforcer.bootNanos() - Duration.ofSeconds(10).toNanos();

        WireHeld held =
                agent.apply(plan(1, List.of(deny("d", 60_000))), tenSecondsAgo)
                        .receipt()
                        .denies()
                        .getFirst();

        assertThat(held.remainingMillis()).isBetween(40_000L, 50_000L);
    }

    @Test
    void a_deny_whose_time_was_over_before_its_turn_came_is_refused() {
        HostAgent agent = start();
        long twoSecondsAgo = KernelEnforcer.bootNanos() - Duration.ofSeconds(2).toNanos();

        var receipt = agent.apply(plan(1, List.of(deny("d", 1_000))), twoSecondsAgo).receipt();

        assertThat(receipt.denies().getFirst().code()).isEqualTo("already-over");
        assertThat(agent.kernel().ids()).isEmpty();
    }

    @Test
    void the_rules_are_repaired_by_a_beat_of_their_own() throws Exception {
        HostAgent agent = start();
        agent.apply(plan(1, List.of(deny("d", 60_000))));
        BlockingQueue<FromAgent> said = new LinkedBlockingQueue<>();
        try (var prober = new Prober(agent.kernel(), List.of());
                var loop =
                        new AgentLoop(
                                agent,
                                new Verifier(agent.kernel(), prober),
                                new FlowReports(1),
                                said::add,
                                _ -> {})) {
            loop.start();
            loop.receive(new Welcome(1, AgentLoop.LEAST_HEARTBEAT_MILLIS, null));
            Saboteur.wipe(PLACEMENT, "rules");

            await(said, FromAgent.Heartbeat.class);
            await(said, FromAgent.Heartbeat.class);
            assertThat(agent.kernel().observe().getFirst().code()).isEqualTo("not-read-back");

            long wiped = System.nanoTime();
            assertThat(await(said, FromAgent.Repaired.class))
                    .isEqualTo(new FromAgent.Repaired(2, 1, List.of("d")));
            assertThat(System.nanoTime() - wiped).isLessThan(Duration.ofSeconds(15).toNanos());
            assertThat(agent.kernel().observe().getFirst().code()).isEqualTo("held");
        }
    }

    @Test
    void a_start_that_finds_the_programs_detached_says_what_did_not_hold() throws Exception {
        HostAgent agent = start();
        agent.apply(plan(1, List.of(deny("d", 60_000))));
        assertThat(agent.kernel().repairedByOpening().any()).isFalse();
        Saboteur.detach(PLACEMENT);

        HostAgent again = restart();

        assertThat(again.kernel().repairedByOpening()).isEqualTo(new Repaired(1, List.of("d")));
        assertThat(again.kernel().observe().getFirst().code()).isEqualTo("held");
    }

    @Test
    void its_heart_beats_as_often_as_the_service_asks() throws Exception {
        HostAgent agent = start();
        BlockingQueue<FromAgent> said = new LinkedBlockingQueue<>();
        try (var prober = new Prober(agent.kernel(), List.of());
                var loop =
                        new AgentLoop(
                                agent,
                                new Verifier(agent.kernel(), prober),
                                new FlowReports(1),
                                said::add,
                                _ -> {})) {
            loop.start();

            loop.receive(new Welcome(1, AgentLoop.LEAST_HEARTBEAT_MILLIS, null));

            // One comes at once; unasked the second would come after twice as long as this waits.
            await(said, FromAgent.Heartbeat.class);
            await(said, FromAgent.Heartbeat.class);
        }
    }

    private static <T extends FromAgent> T await(BlockingQueue<FromAgent> said, Class<T> kind)
            throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            FromAgent frame = said.poll(5, TimeUnit.SECONDS);
            assertThat(frame).as("a frame within 5 s").isNotNull();
            assertThat(System.nanoTime()).as("a %s within 60 s", kind).isLessThan(deadline);
            if (kind.isInstance(frame)) {
                return kind.cast(frame);
            }
        }
    }

    private HostAgent start() {
        return start(journalAgain());
    }

    private HostAgent start(Journal opened) {
        if (kernel != null) {
            kernel.close();
        }
        journal = opened;
        kernel =
                KernelEnforcer.open(
                        PLACEMENT,
                        LAW,
                        opened.remembered(KernelEnforcer.bootNanos(), System.currentTimeMillis()));
        return new HostAgent(PLACEMENT.enforcer(), kernel, LAW, opened, System::currentTimeMillis);
    }

    private HostAgent restart() {
        return start();
    }

    private static List<String> tooManyShapes() {
        return IntStream.rangeClosed(9, 30).mapToObj(length -> "10.0.0.0/" + length).toList();
    }

    /// As when its state directory was lost.
    private void forget() throws IOException {
        if (journal != null) {
            journal.close();
            journal = null;
        }
        Files.delete(state.resolve("denies.journal"));
    }

    private Journal journalAgain() {
        if (journal != null) {
            journal.close();
        }
        return Journal.open(new Frames().json(), state.resolve("denies.journal"), "this-boot");
    }

    private static void assertRejected(HostAgent.Applied applied, String code, long generation) {
        assertThat(applied.receipt().outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(applied.receipt().code()).isEqualTo(code);
        assertThat(applied.receipt().generation()).isEqualTo(generation);
        assertThat(applied.toVerify()).isEmpty();
    }

    private static Plan plan(long generation, List<WireDeny> puts) {
        return new Plan(generation, 7, false, puts.size(), 0, puts, List.of(), null);
    }

    private WireDeny deny(String id, long millis) {
        return new WireDeny(
                id,
                millis,
                subjects(),
                "both",
                List.of("127.0.0.77"),
                List.of(new WireDeny.WirePorts("tcp", 443, 443)));
    }

    private List<WireDeny.WireSubject> subjects() {
        return List.of(
                new WireDeny.WireSubject(false, "/" + PLACEMENT.cgroupMount().relativize(cgroup)));
    }
}
