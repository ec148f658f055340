package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Law;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finding what an earlier run left in the kernel, and deciding what becomes of it. `detached`: the
/// programs of that run hung nowhere, so that nothing of it was in force.
record Opening(
        Installation installation,
        SubjectTable subjects,
        DenyTable table,
        List<Leftover> leftovers,
        boolean detached) {

    static Opening open(Placement placement, Law law, Remembered remembered) {
        Lifelines.check(law.neverDeny());
        KernelObject object = KernelObject.load();
        var pins = new Pins(Mounts.bpffs(placement.runDirectory()), placement.enforcer());
        List<Leftover> found = new ArrayList<>();
        List<Path> foreign = new ArrayList<>();
        for (Path each : pins.installations()) {
            if (Installation.complete(object, each)) {
                found.add(new Leftover(Installation.adopt(object, each)));
            } else {
                foreign.add(each);
            }
        }
        long now = BootClock.nanos();
        for (Leftover leftover : found) {
            remembered.dropped().forEach(id -> leftover.end(DenyMark.of(id)));
        }
        Map<DenyMark, Leftover.Live> live = new HashMap<>();
        found.reversed().forEach(leftover -> live.putAll(leftover.live(now)));

        boolean detached = !found.isEmpty() && !attached(found.getFirst(), placement);
        boolean adoptable =
                !found.isEmpty()
                        && !detached
                        && Pins.digest(found.getFirst().directory()).equals(object.digest())
                        && explained(found.getFirst().live(now).keySet(), remembered);
        Installation current =
                adoptable
                        ? found.removeFirst().installation()
                        : Installation.create(
                                object, pins.next(object.digest()), placement.cgroupRoot());
        Opening opening =
                hold(placement, law, remembered, current, found, live, adoptable).with(detached);
        // Of another layout, half made, or half unpinned by somebody: it goes once what is
        // remembered is held again.
        foreign.forEach(Installation::remove);
        return opening;
    }

    private static Opening hold(
            Placement placement,
            Law law,
            Remembered remembered,
            Installation current,
            List<Leftover> old,
            Map<DenyMark, Leftover.Live> live,
            boolean adopted) {
        long now = BootClock.nanos();
        new Lifelines(current.map("lifelines")).replace(law.neverDeny());
        var subjects = new SubjectTable(placement, current);
        var table = new DenyTable(current, subjects, law);
        Map<DenyMark, Leftover.Live> here = adopted ? new Leftover(current).live(now) : Map.of();
        List<Remembered.Until> again = new ArrayList<>();
        for (Remembered.Until each : remembered.denies()) {
            DenyMark mark = DenyMark.of(each.deny().id());
            Leftover.Live slot = here.get(mark);
            if (slot != null) {
                table.adopt(each.deny(), slot.slot(), slot.generation(), slot.expiry());
            } else {
                Leftover.Live elsewhere = live.get(mark);
                again.add(
                        elsewhere == null
                                ? each
                                : new Remembered.Until(each.deny(), elsewhere.expiry()));
            }
        }
        if (adopted) {
            table.repair(now);
            table.pool().clearStrangers();
            table.fillGaps();
        }
        for (Remembered.Until each : again) {
            if (each.expiry() > now) {
                table.put(each.deny(), each.expiry(), now);
            }
        }
        current.generation(remembered.isFirst() ? 0 : fence(remembered, current, old));
        return new Opening(current, subjects, table, retire(old, table, now), false);
    }

    private Opening with(boolean wereDetached) {
        return new Opening(installation, subjects, table, leftovers, wereDetached);
    }

    private static long fence(Remembered remembered, Installation current, List<Leftover> old) {
        long fence = Math.max(current.generation(), remembered.generation());
        for (Leftover leftover : old) {
            fence = Math.max(fence, leftover.installation().generation());
        }
        return fence;
    }

    /// Ends in old installations what the new one holds, and removes those with nothing left to
    /// hold.
    private static List<Leftover> retire(List<Leftover> old, DenyTable table, long now) {
        List<Leftover> kept = new ArrayList<>();
        for (Leftover leftover : old) {
            table.all().forEach(h -> leftover.end(DenyMark.of(h.deny().id())));
            if (leftover.live(now).isEmpty()) {
                leftover.installation().remove();
            } else {
                kept.add(leftover);
            }
        }
        return kept;
    }

    private static boolean attached(Leftover leftover, Placement placement) {
        return Cgroups.id(placement.cgroupRoot()).stream()
                .anyMatch(leftover.installation()::attachedTo);
    }

    private static boolean explained(Set<DenyMark> live, Remembered remembered) {
        Set<DenyMark> known = new HashSet<>();
        remembered.denies().forEach(each -> known.add(DenyMark.of(each.deny().id())));
        return known.containsAll(live);
    }
}
