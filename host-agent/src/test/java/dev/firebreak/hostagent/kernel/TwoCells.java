package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Law;
import dev.firebreak.hostagent.deny.NeverDeny;
import dev.firebreak.hostagent.deny.Subject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Two workloads in cgroups A and B and an enforcer of their own, for one test class.
final class TwoCells implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    final Path mount = Mounts.cgroup2();
    final Path top;
    final Cell a;
    final Cell b;
    private final Placement placement;
    private KernelEnforcer enforcer;

    TwoCells() {
        String name = "fbt-" + ProcessHandle.current().pid() + "-" + COUNT.incrementAndGet();
        top = mount.resolve(name);
        a = Cell.start(top.resolve("a"));
        b = Cell.start(top.resolve("b"));
        placement = Placement.wholeMachine("test/" + name);
        enforcer = KernelEnforcer.open(placement);
    }

    KernelEnforcer enforcer() {
        return enforcer;
    }

    Placement placement() {
        return placement;
    }

    /// Like a restart of the agent.
    KernelEnforcer reopen(List<NeverDeny> neverDeny, Remembered remembered) {
        var law = new Law(Law.USUAL_MAX_TTL, Law.USUAL_MAX_ENTRIES, neverDeny);
        return reopen(law, remembered);
    }

    KernelEnforcer reopen(Law law, Remembered remembered) {
        enforcer.close();
        enforcer = KernelEnforcer.open(placement, law, remembered);
        return enforcer;
    }

    /// Like a reboot: the kernel has forgotten everything.
    void reboot(Remembered remembered) {
        enforcer.remove();
        enforcer = KernelEnforcer.open(placement, Law.usual(), remembered);
    }

    Subject subjectA() {
        return Denies.cgroup(mount, top.resolve("a"));
    }

    Subject subjectB() {
        return Denies.cgroup(mount, top.resolve("b"));
    }

    Subject subjectTop() {
        return Denies.cgroup(mount, top);
    }

    /// Puts, and ends what lives, as the agent does.
    Sessions.Ended contain(Deny deny) {
        enforcer.put(deny);
        return enforcer.endSessions(List.of(deny)).getOrDefault(deny.id(), Sessions.Ended.NONE);
    }

    void release() {
        enforcer.ids().forEach(enforcer::drop);
    }

    @Override
    public void close() {
        enforcer.remove();
        a.close();
        b.close();
        Cell.remove(top);
    }
}
