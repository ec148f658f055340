package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.enforcerconnectors.enforcer.Directive;
import dev.firebreak.enforcerconnectors.enforcer.Held;
import dev.firebreak.enforcerconnectors.enforcer.Observation.Seen;
import dev.firebreak.enforcerconnectors.enforcer.Receipt.Applied;
import dev.firebreak.enforcerconnectors.enforcer.Receipt.Rejected;
import dev.firebreak.enforcerconnectors.enforcer.Verification;
import dev.firebreak.enforcerconnectors.enforcer.Verification.Probe;
import dev.firebreak.segmentation.DesiredDeny;
import dev.firebreak.segmentation.DesiredState;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What is known of one enforcer since it was attached, from what it said and nothing else. No
/// clock, no calls; one owner at a time.
final class Knowledge {

    private final Map<DenyId, Held> held = new TreeMap<>();

    /// The denies as we sent them and the enforcer read them back.
    private final Map<DenyId, DesiredDeny> taken = new HashMap<>();

    private final Misfits misfits = new Misfits();

    private final Map<DenyId, Probe> probes = new HashMap<>();

    /// Named in a directive whose answer we do not have.
    private final Set<DenyId> doubtful = new HashSet<>();

    private long fence;
    private boolean introduced;
    private boolean mustLook;

    Knowledge(Seen seen) {
        observed(seen);
    }

    /// The highest generation it has ever applied.
    long fence() {
        return fence;
    }

    /// Whether only observing tells what it holds.
    boolean mustLook() {
        return mustLook;
    }

    Collection<Held> held() {
        return held.values();
    }

    Optional<Held> held(DenyId id) {
        return Optional.ofNullable(held.get(id));
    }

    Optional<Probe> probe(DenyId id) {
        return Optional.ofNullable(probes.get(id));
    }

    boolean isDoubtful(DenyId id) {
        return doubtful.contains(id);
    }

    Set<DenyId> doubtful() {
        return Set.copyOf(doubtful);
    }

    /// Its answer to exactly this deny, if that was no.
    Optional<Held> refusal(DesiredDeny deny) {
        return misfits.refusal(deny);
    }

    /// Whether it holds exactly these rules until exactly this end, as far as it said.
    boolean hasTaken(DesiredDeny deny) {
        var id = DenyId.of(deny.containment());
        return deny.equals(taken.get(id)) && held.containsKey(id);
    }

    /// Whether it was told once of all that there is for it to hold.
    boolean isIntroduced() {
        return introduced;
    }

    boolean isLacking(DesiredDeny deny) {
        return (!hasTaken(deny) || misfits.isToBePutAgain(DenyId.of(deny.containment())))
                && refusal(deny).isEmpty();
    }

    /// What to change next so that it comes to hold what is desired; nothing when it does.
    Optional<Directive> lacking(DesiredState desired) {
        var next = Lack.of(desired, this);
        introduced |= next.isEmpty();
        return next;
    }

    void sent(Directive directive) {
        doubtful.addAll(directive.ids());
    }

    /// It changed nothing, or the directive never reached it.
    void unchanged(Directive directive) {
        directive.ids().forEach(doubtful::remove);
    }

    void unanswered() {
        mustLook = true;
    }

    void rejected(Directive directive, Rejected rejected) {
        unchanged(directive);
        if (rejected.isStale()) {
            fence = Math.max(fence, rejected.generation());
            mustLook = true;
        }
    }

    void applied(Directive directive, Applied applied) {
        introduced |= directive.complete();
        fence = Math.max(fence, applied.generation());
        var sent =
                directive.puts().stream()
                        .collect(
                                Collectors.toMap(
                                        put -> DenyId.of(put.containment()), Function.identity()));
        var madeRoom = directive.drops().stream().anyMatch(held::containsKey);
        for (var deny : applied.denies()) {
            var put = Optional.ofNullable(sent.get(deny.id()));
            madeRoom |= put.filter(this::isShrunk).isPresent();
            put.ifPresent(desired -> answered(desired, deny));
        }
        applied.dropped().stream().filter(directive.drops()::contains).forEach(this::gone);
        if (madeRoom) {
            tryAgain();
        }
        // What it did not answer for, and what it names beyond what we knew, only looking tells.
        mustLook |= leftOut(directive);
        mustLook |= applied.unclaimed().stream().anyMatch(id -> !held.containsKey(id));
    }

    /// Whether its answer was silent about something that it was told to change.
    boolean leftOut(Directive directive) {
        return directive.ids().stream().anyMatch(doubtful::contains);
    }

    /// It was looked at because we asked, after everything we had sent: no doubt is left.
    void lookedAt(Seen seen) {
        doubtful.clear();
        mustLook = false;
        observed(seen);
    }

    void observed(Seen seen) {
        fence = Math.max(fence, seen.generation());
        var before = Map.copyOf(held);
        held.clear();
        seen.denies().stream().filter(Held::isPresent).forEach(deny -> held.put(deny.id(), deny));
        taken.keySet().retainAll(held.keySet());
        misfits.held(held.keySet());
        probes.keySet().removeIf(id -> !sameGaps(before.get(id), held.get(id)));
        if (!held.keySet().containsAll(before.keySet())) {
            tryAgain();
        }
        probes.keySet().removeIf(id -> !isInForce(id));
    }

    void verified(Verification verification) {
        verification.probes().stream()
                .filter(probe -> isInForce(probe.id()))
                .forEach(probe -> probes.put(probe.id(), probe));
    }

    /// What was refused, and what is held but for some, is put once more: something has ended, and
    /// there may be room now, or it rested for long enough.
    void tryAgain() {
        misfits.tryAgain(held.values());
    }

    /// Whether it would not have all that it was told.
    boolean isPartial() {
        return misfits.isAnyRefused() || held.values().stream().anyMatch(Held::isWorthAnother);
    }

    private void answered(DesiredDeny desired, Held answer) {
        doubtful.remove(answer.id());
        if (answer.isPresent()) {
            if (!sameRules(desired, taken.get(answer.id()))
                    || !sameGaps(held.get(answer.id()), answer)) {
                probes.remove(answer.id());
            }
            held.put(answer.id(), answer);
            taken.put(answer.id(), desired);
            misfits.gone(answer.id());
        } else {
            // Whether an older form of it is still held, only looking tells.
            mustLook |= held.containsKey(answer.id());
            misfits.refused(desired, answer);
        }
        if (!isInForce(answer.id())) {
            probes.remove(answer.id());
        }
    }

    private void gone(DenyId id) {
        doubtful.remove(id);
        held.remove(id);
        taken.remove(id);
        probes.remove(id);
        misfits.gone(id);
    }

    /// Rules that it had are gone with this, and with them, maybe, what they took.
    private boolean isShrunk(DesiredDeny desired) {
        var before = taken.get(DenyId.of(desired.containment()));
        return before != null && !sameRules(desired, before);
    }

    private boolean isInForce(DenyId id) {
        return held(id).filter(deny -> deny.state() == Held.State.HELD).isPresent();
    }

    /// What was probed for some says nothing of others.
    private static boolean sameGaps(@Nullable Held before, @Nullable Held now) {
        return before != null && now != null && before.gaps().equals(now.gaps());
    }

    /// A longer or shorter life leaves what was probed as it was.
    private static boolean sameRules(DesiredDeny deny, @Nullable DesiredDeny before) {
        return before != null
                && deny.subjects().equals(before.subjects())
                && deny.direction() == before.direction()
                && deny.peers().equals(before.peers())
                && deny.ports().equals(before.ports());
    }
}
