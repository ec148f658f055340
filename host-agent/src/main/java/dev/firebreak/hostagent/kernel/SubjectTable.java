package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Entry;
import dev.firebreak.hostagent.deny.Shape;
import dev.firebreak.hostagent.deny.Subject;
import dev.firebreak.hostagent.deny.View;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The subjects that denies name, the cgroups that carry these names now, and the shapes each must
/// know: its own and those of the subjects that contain it.
final class SubjectTable {

    private static final class Known {
        final Map<Shape, Integer> uses = new HashMap<>();
        OptionalLong cgroup = OptionalLong.empty();
        int oriented;
        Subjects.Knowledge written = Subjects.Knowledge.NOTHING;
    }

    private final Placement placement;
    private final Installation installation;
    private final Subjects subjects;
    private final Map<Subject, Known> known = new HashMap<>();

    SubjectTable(Placement placement, Installation installation) {
        this.placement = placement;
        this.installation = installation;
        this.subjects = new Subjects(installation.map("subjects"));
    }

    boolean outside(Subject subject) {
        return !placement.directory(subject).startsWith(placement.cgroupRoot());
    }

    boolean present(Subject subject) {
        Known k = known.get(subject);
        return k != null && k.cgroup.isPresent();
    }

    Set<Subject> all() {
        return Set.copyOf(known.keySet());
    }

    /// Notes that these entries are in use, or, as if nothing had been asked, answers the subject
    /// that would have to know more shapes than a packet may cost.
    Optional<Subject> take(Collection<Entry> more) {
        use(more);
        Optional<Subject> full = affected(more).stream().filter(this::overfull).findFirst();
        if (full.isPresent()) {
            release(more);
            more.forEach(entry -> forgetUnused(entry.subject()));
        }
        return full;
    }

    private boolean overfull(Subject subject) {
        List<Shape> shapes = merged(subject).shapes();
        return Arrays.stream(View.values())
                .anyMatch(view ->
                        shapes.stream().filter(s -> s.view() == view).count()
                                > Shape.MOST_PER_VIEW);
    }

    private void forgetUnused(Subject subject) {
        Known k = known.get(subject);
        if (k != null && k.uses.isEmpty()) {
            known.remove(subject);
        }
    }

    /// The subjects of these entries, and all below them.
    private Set<Subject> affected(Collection<Entry> entries) {
        Set<Subject> named = new HashSet<>();
        entries.forEach(entry -> named.add(entry.subject()));
        Set<Subject> affected = new HashSet<>(named);
        for (Subject top : named) {
            known.keySet().stream().filter(top::contains).forEach(affected::add);
        }
        return affected;
    }

    void use(Collection<Entry> entries) {
        for (Entry entry : entries) {
            Known k = known.computeIfAbsent(entry.subject(), this::meet);
            k.uses.merge(entry.shape(), 1, Integer::sum);
            k.oriented += entry.oriented() ? 1 : 0;
        }
    }

    void release(Collection<Entry> entries) {
        for (Entry entry : entries) {
            Known k = known.get(entry.subject());
            if (k != null) {
                k.uses.computeIfPresent(entry.shape(), (_, n) -> n == 1 ? null : n - 1);
                k.oriented -= entry.oriented() ? 1 : 0;
            }
        }
    }

    /// Brings the kernel's table to what these entries' coming or going implies; writes only what
    /// changed.
    void write(Collection<Entry> changed) {
        write(affected(changed));
    }

    private void write(Set<Subject> affected) {
        for (Subject each : affected) {
            Known k = known.get(each);
            if (k == null) {
                continue;
            }
            if (k.uses.isEmpty()) {
                k.cgroup.ifPresent(subjects::remove);
                known.remove(each);
                continue;
            }
            Subjects.Knowledge knowledge = merged(each);
            if (k.cgroup.isPresent() && !knowledge.equals(k.written)) {
                subjects.put(k.cgroup.getAsLong(), knowledge);
                k.written = knowledge;
            }
        }
        int mask = 0;
        for (Map.Entry<Subject, Known> each : known.entrySet()) {
            if (each.getValue().cgroup.isPresent()) {
                mask |= 1 << level(each.getKey());
            }
        }
        if (installation.levels() != mask) {
            installation.levels(mask);
        }
    }

    /// Looks the names up again; answers the subjects whose cgroup came, went or was made anew.
    List<Subject> follow() {
        List<Subject> changed = new ArrayList<>();
        for (Map.Entry<Subject, Known> each : known.entrySet()) {
            Known k = each.getValue();
            OptionalLong now = lookUp(each.getKey());
            if (!now.equals(k.cgroup)) {
                OptionalLong before = k.cgroup;
                k.cgroup = now;
                k.written = Subjects.Knowledge.NOTHING;
                changed.add(each.getKey());
                before.ifPresent(subjects::remove);
            }
        }
        if (!changed.isEmpty()) {
            write(Set.copyOf(changed));
        }
        return changed;
    }

    /// Whether the kernel has, for every present name, exactly what it should.
    boolean verified(Subject subject) {
        Known k = known.get(subject);
        return k != null
                && (k.cgroup.isEmpty() || subjects.holds(k.cgroup.getAsLong(), merged(subject)));
    }

    /// Removes what nobody knows of and writes again what is missing or altered; answers of whom.
    Set<Subject> repair() {
        Set<Long> ours = new HashSet<>();
        known.values().forEach(k -> k.cgroup.ifPresent(ours::add));
        subjects.cgroups().stream().filter(id -> !ours.contains(id)).forEach(subjects::remove);
        Set<Subject> altered = new HashSet<>();
        known.forEach((subject, k) -> {
            if (!verified(subject)) {
                k.written = Subjects.Knowledge.NOTHING;
                altered.add(subject);
            }
        });
        write(all());
        return altered;
    }

    long inKernel() {
        return subjects.cgroups().size();
    }

    private Known meet(Subject subject) {
        var k = new Known();
        k.cgroup = lookUp(subject);
        return k;
    }

    private OptionalLong lookUp(Subject subject) {
        return Cgroups.id(placement.directory(subject));
    }

    private int level(Subject subject) {
        return switch (subject) {
            case Subject.Host _ -> placement.rootLevel();
            case Subject.Cgroup cgroup -> cgroup.level();
        };
    }

    /// Its own shapes and those of every subject above it.
    private Subjects.Knowledge merged(Subject subject) {
        Set<Shape> shapes = new HashSet<>();
        boolean oriented = false;
        Subject each = subject;
        while (true) {
            Known k = known.get(each);
            if (k != null) {
                shapes.addAll(k.uses.keySet());
                oriented |= k.oriented > 0;
            }
            if (each instanceof Subject.Host) {
                return new Subjects.Knowledge(
                        shapes.stream().sorted(Shape.ORDER).toList(), oriented);
            }
            each = each.parent();
        }
    }
}
