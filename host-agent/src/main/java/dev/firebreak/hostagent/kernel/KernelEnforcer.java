package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Flow;
import dev.firebreak.hostagent.deny.Held;
import dev.firebreak.hostagent.deny.Law;
import dev.firebreak.hostagent.deny.NeverDeny;
import dev.firebreak.hostagent.deny.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Timed denies in this machine's kernel: open, put, drop, observe, close. Closing leaves every
/// deny in force until its own end; {@link #remove} takes them out. Safe for several threads, one
/// at a time.
public final class KernelEnforcer implements AutoCloseable {

    private final Placement placement;
    private final Installation installation;
    private final SubjectTable subjects;
    private final DenyTable table;
    private final FlowTables flows;
    private final Sessions sessions;
    private final List<Leftover> leftovers;
    private final OwnerLock owner;
    private final List<NeverDeny> neverDeny;
    private final Lifelines lifelines;
    private final boolean detached;
    private long lostReported;
    private boolean closed;

    private KernelEnforcer(
            Placement placement, List<NeverDeny> neverDeny, Opening opening, OwnerLock owner) {
        this.placement = placement;
        this.installation = opening.installation();
        this.subjects = opening.subjects();
        this.table = opening.table();
        this.leftovers = new ArrayList<>(opening.leftovers());
        this.owner = owner;
        this.neverDeny = List.copyOf(neverDeny);
        this.lifelines = new Lifelines(installation.map("lifelines"));
        this.detached = opening.detached();
        this.flows = new FlowTables(installation);
        this.sessions = new Sessions(placement, neverDeny);
        this.lostReported = table.pool().lost();
        // Of a run that was killed while it probed.
        installation.probe(0);
        table.all().forEach(h -> flows.name(h.generation(), h.deny().id()));
    }

    /// Adopts what an earlier run pinned, or loads the programs anew.
    public static KernelEnforcer open(Placement placement, Law law, Remembered remembered) {
        HostFacts.demandCapable();
        OwnerLock owner = OwnerLock.take(placement);
        try {
            return new KernelEnforcer(
                    placement, law.neverDeny(), Opening.open(placement, law, remembered), owner);
        } catch (RuntimeException e) {
            owner.release();
            throw e;
        }
    }

    public static KernelEnforcer open(Placement placement) {
        return open(placement, Law.usual(), Remembered.NOTHING);
    }

    /// Holds a deny from now on for its remaining time, in place of any of the same id.
    public synchronized Held put(Deny deny) {
        return putUntil(deny, BootClock.nanos() + deny.remaining().toNanos());
    }

    /// The same, until an instant of {@link #bootNanos}.
    public synchronized Held putUntil(Deny deny, long expiry) {
        long now = BootClock.nanos();
        var objection = table.put(deny, expiry, now);
        if (objection.isPresent()) {
            return Held.refused(deny.id(), objection.get());
        }
        Holding holding = table.find(deny.id());
        if (holding == null) {
            throw new IllegalStateException("put but not held: " + deny.id());
        }
        flows.name(holding.generation(), deny.id());
        DenyMark mark = DenyMark.of(deny.id());
        leftovers.forEach(leftover -> leftover.end(mark));
        return describe(holding, now, attached());
    }

    /// Ends a deny at once; false when nothing of that id was held.
    public synchronized boolean drop(String id) {
        DenyMark mark = DenyMark.of(id);
        boolean old = false;
        for (Leftover leftover : leftovers) {
            old |= leftover.end(mark);
        }
        return table.drop(id, BootClock.nanos()) || old;
    }

    /// What the kernel really holds now, every rule read back.
    public synchronized List<Held> observe() {
        long now = BootClock.nanos();
        boolean attached = attached();
        return table.all().stream()
                .filter(h -> h.expiry() > now)
                .map(h -> describe(h, now, attached))
                .toList();
    }

    /// A deny for those of its subjects for which it is held.
    public synchronized Optional<Deny> find(String id) {
        return Optional.ofNullable(table.find(id)).map(Holding::held);
    }

    /// Whether anything of this id is denied, by a left-over installation, too.
    public synchronized boolean holds(String id) {
        long now = BootClock.nanos();
        DenyMark mark = DenyMark.of(id);
        return table.find(id) != null
                || leftovers.stream().anyMatch(leftover -> leftover.live(now).containsKey(mark));
    }

    /// The boot-clock instant at which a deny ends.
    public synchronized Optional<Long> expiry(String id) {
        return Optional.ofNullable(table.find(id)).map(Holding::expiry);
    }

    public synchronized List<String> ids() {
        return table.all().stream().map(h -> h.deny().id()).toList();
    }

    public synchronized long entries() {
        return table.entries();
    }

    /// Frees what has lapsed; the kernel stopped denying it by itself. Answers the ids.
    public synchronized List<String> tidy() {
        long now = BootClock.nanos();
        List<Holding> lapsed = table.lapsed(now);
        lapsed.forEach(h -> table.drop(h.deny().id(), now));
        table.pool().reclaim(now);
        leftovers.removeIf(leftover -> goneBy(leftover, now));
        return lapsed.stream().map(h -> h.deny().id()).toList();
    }

    /// Tries again what no room was left for; answers the ids of denies that hold more now.
    public synchronized List<String> fillGaps() {
        return table.fillGaps();
    }

    public Placement placement() {
        return placement;
    }

    Installation installation() {
        return installation;
    }

    /// When the next deny lapses, from now.
    public synchronized Optional<Duration> nextLapse() {
        long now = BootClock.nanos();
        return table.all().stream().mapToLong(Holding::expiry).min().stream()
                .mapToObj(at -> Duration.ofNanos(Math.max(0, at - now)))
                .findFirst();
    }

    /// Looks up cgroup names again; answers the ids of denies whose cgroup came, went or was made
    /// anew.
    public synchronized List<String> follow() {
        List<Subject> changed = subjects.follow();
        if (changed.isEmpty()) {
            return List.of();
        }
        return table.all().stream()
                .filter(h -> h.subjects().stream().anyMatch(changed::contains))
                .map(h -> h.deny().id())
                .toList();
    }

    /// Brings the kernel back to what is held, whoever changed it.
    public synchronized Repaired repair() {
        int lifelinesAltered = lifelines.repair(neverDeny);
        Repaired repaired = table.repair(BootClock.nanos());
        return new Repaired(repaired.differences() + lifelinesAltered, repaired.denies());
    }

    /// What opening it put right: the programs of the run before had been detached, and nothing
    /// held.
    public synchronized Repaired repairedByOpening() {
        return detached ? new Repaired(1, ids()) : new Repaired(0, List.of());
    }

    /// Whether every pin is there, so that what is held outlives this process.
    public synchronized boolean pinned() {
        return installation.pinned();
    }

    /// Pins again what somebody unpinned.
    public synchronized void pinAgain() {
        installation.pinAgain();
    }

    /// Whether every program still hangs on its cgroup.
    public synchronized boolean attached() {
        return Cgroups.id(placement.cgroupRoot()).stream().anyMatch(installation::attachedTo);
    }

    /// What is refused from exactly this cgroup is our own probe until [#probeLeft], and no
    /// evidence: it is not counted anywhere.
    public synchronized void probeEnters(Path cell) {
        if (!closed) {
            installation.probe(Cgroups.id(cell).orElse(0));
        }
    }

    public synchronized void probeLeft() {
        if (!closed) {
            installation.probe(0);
        }
    }

    /// Denied flows since the last call but one: each table rests for one call before it is read.
    public synchronized List<Flow> drainFlows() {
        return flows.drain(BootClock.nanos());
    }

    /// Packets denied since the last call that found no room in the flow tables.
    public synchronized long drainLost() {
        long lost = table.pool().lost();
        long since = lost - lostReported;
        lostReported = lost;
        return since;
    }

    /// Packets denied in all, as the kernel counted them in the slots.
    public synchronized long deniedPackets() {
        return table.pool().packets();
    }

    /// Ends the live sessions that these denies cover; answers by id. Not synchronized: it walks
    /// network namespaces and takes its time.
    public Map<String, Sessions.Ended> endSessions(Collection<Deny> denies) {
        return sessions.end(denies);
    }

    /// The highest plan generation ever applied; it survives the agent.
    public synchronized long generation() {
        return installation.generation();
    }

    public synchronized void fence(long generation) {
        installation.generation(generation);
    }

    /// Rules, subjects and slots in use: nothing but zeros when nothing is held.
    public synchronized Usage usage() {
        return new Usage(
                table.rulesInKernel(), subjects.inKernel(), table.pool().taken(), leftovers.size());
    }

    public record Usage(long rules, long subjects, long slots, long leftovers) {}

    public static long bootNanos() {
        return BootClock.nanos();
    }

    /// Lets go of the descriptors; the pins keep everything in force.
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        installation.close();
        leftovers.forEach(leftover -> leftover.installation().close());
        owner.release();
    }

    /// Takes everything of this enforcer out of the kernel.
    public synchronized void remove() {
        closed = true;
        installation.remove();
        leftovers.forEach(leftover -> leftover.installation().remove());
        owner.release();
    }

    private static boolean goneBy(Leftover leftover, long now) {
        if (!leftover.live(now).isEmpty()) {
            return false;
        }
        leftover.installation().remove();
        return true;
    }

    private Held describe(Holding holding, long now, boolean attached) {
        boolean readBack = attached && !holding.entries().isEmpty() && table.verified(holding);
        return readBack
                ? Description.readBack(holding, now, subjects::present)
                : Description.notReadBack(holding, now);
    }
}
