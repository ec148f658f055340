package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.enforcerconnectors.enforcer.Held;
import dev.firebreak.segmentation.DesiredDeny;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The denies that one enforcer would not have, or holds but for some, and which of them are to be
/// put once more.
final class Misfits {

    private final Map<DenyId, No> refused = new HashMap<>();

    /// Held but for some, and to be put once more: what stood in the way may be gone.
    private final Set<DenyId> again = new HashSet<>();

    /// A deny as we sent it, with its answer.
    private record No(DesiredDeny deny, Held answer) {}

    /// Its answer to exactly this deny, if that was no.
    Optional<Held> refusal(DesiredDeny deny) {
        return Optional.ofNullable(refused.get(DenyId.of(deny.containment())))
                .filter(no -> no.deny().equals(deny))
                .map(No::answer);
    }

    boolean isAnyRefused() {
        return !refused.isEmpty();
    }

    boolean isToBePutAgain(DenyId id) {
        return again.contains(id);
    }

    void refused(DesiredDeny deny, Held answer) {
        again.remove(answer.id());
        refused.put(answer.id(), new No(deny, answer));
    }

    /// It was taken, or it was dropped.
    void gone(DenyId id) {
        again.remove(id);
        refused.remove(id);
    }

    /// Nothing but this is held any more.
    void held(Set<DenyId> held) {
        again.retainAll(held);
    }

    /// Something has ended, and there may be room now, or they rested for long enough.
    void tryAgain(Collection<Held> held) {
        refused.clear();
        held.stream().filter(Held::isWorthAnother).map(Held::id).forEach(again::add);
    }
}
