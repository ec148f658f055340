package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.enforcerconnectors.enforcer.Held;
import java.time.Duration;
import java.util.List;

/// What a desired deny comes to in the agent's words: the deny, or the reason why there is none.
sealed interface Translation {

    record Expressed(ServiceFrame.Deny deny) implements Translation {}

    record Inexpressible(DenyId id, String code, String sentence) implements Translation {

        /// The same answer that the agent would have given.
        Held refused() {
            return new Held(
                    id, Held.State.REFUSED, code, sentence, Duration.ZERO, 0, List.of(), List.of());
        }
    }
}
