package dev.firebreak.hostagent;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Flow;
import dev.firebreak.hostagent.deny.Held;
import dev.firebreak.hostagent.deny.Law;
import dev.firebreak.hostagent.deny.Malformed;
import dev.firebreak.hostagent.deny.Refusal;
import dev.firebreak.hostagent.kernel.HostFacts;
import dev.firebreak.hostagent.kernel.KernelEnforcer;
import dev.firebreak.hostagent.kernel.Repaired;
import dev.firebreak.hostagent.protocol.Frames;
import dev.firebreak.hostagent.protocol.FromAgent;
import dev.firebreak.hostagent.protocol.FromAgent.Outcome;
import dev.firebreak.hostagent.protocol.FromService.Plan;
import dev.firebreak.hostagent.protocol.WireDeny;
import dev.firebreak.hostagent.protocol.WireHeld;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Judges plans by the host's own law and has the kernel hold what passes. Knows no network; frames
/// come in and go out as values. Not for several threads at once: {@link AgentLoop} owns it.
final class HostAgent {

    private static final Refusal ALREADY_OVER =
            new Refusal("already-over", "Its time was over before it could be put.");

    private static final int MOST_EXCEPTIONS_NAMED = 5;

    private static final int MOST_UNCLAIMED = 5_000;

    private final String name;
    private final KernelEnforcer kernel;
    private final Law law;
    private final Journal journal;
    private final Clock clock;

    /// The wall clock, for the state file only.
    interface Clock {
        long wallMillis();
    }

    HostAgent(String name, KernelEnforcer kernel, Law law, Journal journal, Clock clock) {
        this.name = name;
        this.kernel = kernel;
        this.law = law;
        this.journal = journal;
        this.clock = clock;
    }

    /// A plan's receipt, and the denies that are worth a probe.
    record Applied(FromAgent.Receipt receipt, List<Deny> toVerify) {}

    Applied apply(Plan plan) {
        return apply(plan, KernelEnforcer.bootNanos());
    }

    /// Its way, reading it, waiting for a turn and writing the denies before it make none last
    /// longer: what remains, remains from when the plan was spoken, by the boot clock.
    Applied apply(Plan plan, long spoken) {
        Optional<Refusal> objection = PlanCheck.objection(plan, kernel.generation());
        if (objection.isPresent()) {
            return rejected(plan, objection.get());
        }
        kernel.fence(plan.generation());
        remember(() -> journal.fence(plan.generation()));
        Map<String, Held> held = new LinkedHashMap<>();
        List<Deny> toVerify = new ArrayList<>();
        for (WireDeny wire : plan.put()) {
            put(wire, spoken, held, toVerify);
        }
        List<String> dropped = new ArrayList<>();
        for (String id : plan.drop()) {
            remember(() -> journal.drop(id));
            kernel.drop(id);
            dropped.add(id);
        }
        var receipt =
                new FromAgent.Receipt(
                        plan.generation(),
                        plan.request(),
                        Outcome.APPLIED,
                        "applied",
                        "",
                        Parts.inOneFrame(held.values().stream().map(WireHeld::of).toList()),
                        dropped,
                        plan.complete() ? unclaimed(plan) : List.of());
        return new Applied(receipt, toVerify);
    }

    private void put(WireDeny wire, long spoken, Map<String, Held> held, List<Deny> toVerify) {
        String id = String.valueOf(wire.id());
        try {
            Deny deny = wire.read();
            Optional<Refusal> refusal = law.objects(deny);
            if (refusal.isPresent()) {
                held.put(id, Held.refused(id, refusal.get()));
                return;
            }
            long expiry = spoken + deny.remaining().toNanos();
            if (expiry <= KernelEnforcer.bootNanos()) {
                held.put(id, Held.refused(id, ALREADY_OVER));
                return;
            }
            List<String> caveats = new ArrayList<>(exceptions(deny));
            Optional<JournalLine> before = journal.find(id);
            if (!remember(() -> journal.put(deny, expiry, clock.wallMillis()))) {
                caveats.add("the state file cannot be written: a reboot would end this deny");
            }
            Held result = kernel.putUntil(deny, expiry);
            if (inTable(result)) {
                kernel.find(id).ifPresent(toVerify::add);
            } else {
                remember(() -> takeBack(id, before));
            }
            held.put(id, result.with(caveats));
        } catch (Malformed e) {
            held.put(id, Held.refused(id, new Refusal("malformed", e.getMessage() + ".")));
        }
    }

    /// What was not read back is in the table all the same; it will be written again.
    private static boolean inTable(Held result) {
        return result.state() != Held.State.REFUSED || result.code().equals(Held.NOT_READ_BACK);
    }

    /// A replacement was refused: its predecessor, where there is one, holds on and is to hold on
    /// after a restart, too. One that only a left-over installation holds may be told of by no
    /// line; to write that it was dropped would end it at the next start.
    private void takeBack(String id, Optional<JournalLine> before) {
        if (!kernel.holds(id)) {
            journal.drop(id);
        } else if (before.isPresent()) {
            journal.putBack(id, before.get());
        } else {
            journal.unsay(id);
        }
    }

    private Applied rejected(Plan plan, Refusal why) {
        return new Applied(
                new FromAgent.Receipt(
                        kernel.generation(),
                        plan.request(),
                        Outcome.REJECTED,
                        why.code(),
                        why.sentence(),
                        List.of(),
                        List.of(),
                        List.of()),
                List.of());
    }

    private List<String> unclaimed(Plan plan) {
        Set<String> claimed = new HashSet<>();
        plan.put().forEach(deny -> claimed.add(String.valueOf(deny.id())));
        return kernel.ids().stream()
                .filter(id -> !claimed.contains(id))
                .limit(MOST_UNCLAIMED)
                .toList();
    }

    /// Brings the state file to the disk. Slow; may be called from another thread.
    void sync() {
        remember(journal::force);
    }

    /// The state file failing must not stop a deny: the kernel holds it all the same.
    private static boolean remember(Runnable write) {
        try {
            write.run();
            return true;
        } catch (UncheckedIOException e) {
            Log.line("state file not written", "cause", String.valueOf(e.getMessage()));
            return false;
        }
    }

    /// Everything held, with lifelines said, in parts that fit a frame. There is always one part.
    private List<List<WireHeld>> parts() {
        List<WireHeld> all =
                kernel.observe().stream()
                        .map(held ->
                                WireHeld.of(
                                        held.with(
                                                kernel.find(held.id())
                                                        .map(this::exceptions)
                                                        .orElse(List.of()))))
                        .toList();
        return Parts.of(all);
    }

    /// The parts a lifeline keeps open, the first few by name.
    private List<String> exceptions(Deny deny) {
        List<String> all = law.exceptions(deny);
        if (all.size() <= MOST_EXCEPTIONS_NAMED) {
            return all;
        }
        List<String> some = new ArrayList<>(all.subList(0, MOST_EXCEPTIONS_NAMED));
        some.add(
                "and except for "
                        + (all.size() - MOST_EXCEPTIONS_NAMED)
                        + " more that this host never denies");
        return some;
    }

    List<FromAgent> hello() {
        List<List<WireHeld>> parts = parts();
        List<FromAgent> frames = new ArrayList<>();
        frames.add(
                new FromAgent.Hello(
                        Frames.PROTOCOL,
                        name,
                        Capabilities.VERSION,
                        HostFacts.kernel(),
                        HostFacts.bootId(),
                        kernel.generation(),
                        Capabilities.all(),
                        new FromAgent.WireLaw(
                                law.maxTtl().toMillis(),
                                law.maxEntries(),
                                law.neverDeny().stream().map(Object::toString).toList()),
                        parts.size(),
                        parts.getFirst()));
        for (int i = 1; i < parts.size(); i++) {
            frames.add(observation(0, i + 1, parts));
        }
        return frames;
    }

    List<FromAgent> observe(long request) {
        List<List<WireHeld>> parts = parts();
        List<FromAgent> frames = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            frames.add(observation(request, i + 1, parts));
        }
        return frames;
    }

    private FromAgent observation(long request, int part, List<List<WireHeld>> parts) {
        return new FromAgent.Observation(
                kernel.generation(), request, part, parts.size(), parts.get(part - 1));
    }

    FromAgent heartbeat(long lostFlows) {
        List<String> ids = kernel.ids();
        return new FromAgent.Heartbeat(
                kernel.generation(), ids.size(), Digest.of(ids), kernel.deniedPackets(), lostFlows);
    }

    /// What changed without a plan: denies that lapsed, denies that found room beside them, and
    /// denies whose cgroup came, went or was made anew.
    Changes keepUp() {
        List<String> lapsed = kernel.tidy();
        lapsed.forEach(journal::forget);
        Set<String> moved = new LinkedHashSet<>(kernel.follow());
        if (!lapsed.isEmpty()) {
            moved.addAll(kernel.fillGaps());
        }
        return new Changes(lapsed, moved.stream().flatMap(id -> kernel.find(id).stream()).toList());
    }

    record Changes(List<String> lapsed, List<Deny> moved) {
        boolean any() {
            return !lapsed.isEmpty() || !moved.isEmpty();
        }
    }

    List<Deny> heldDenies() {
        return kernel.ids().stream().flatMap(id -> kernel.find(id).stream()).toList();
    }

    Set<Path> subjectDirectories() {
        Set<Path> directories = new HashSet<>();
        for (Deny deny : heldDenies()) {
            deny.subjects().forEach(s -> directories.add(kernel.placement().directory(s)));
        }
        return directories;
    }

    List<Flow> drainFlows() {
        return kernel.drainFlows();
    }

    long drainLost() {
        return kernel.drainLost();
    }

    Repaired repair() {
        return kernel.repair();
    }

    KernelEnforcer kernel() {
        return kernel;
    }
}
