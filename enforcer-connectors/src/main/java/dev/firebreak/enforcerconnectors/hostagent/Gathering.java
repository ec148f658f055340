package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.enforcerconnectors.hostagent.AgentFrame.Hello;
import dev.firebreak.enforcerconnectors.hostagent.AgentFrame.Observed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts an observation that came in parts together again. What is not whole is nothing: a part that
/// does not follow its predecessor ends the gathering, and the next look begins a new one.
final class Gathering {

    static final int MAX_PARTS = 200;

    private final List<AgentFrame.Deny> denies = new ArrayList<>();
    private int next;
    private long request;

    /// A hello is the first part of what it tells.
    Optional<Observed> begin(Hello hello) throws MalformedFrame {
        return add(new Observed(0, hello.generation(), 1, hello.parts(), hello.denies()));
    }

    /// The whole, once its last part is there.
    Optional<Observed> add(Observed part) throws MalformedFrame {
        if (part.parts() > MAX_PARTS || part.part() > part.parts()) {
            throw new MalformedFrame("An observation has at most %d parts.".formatted(MAX_PARTS));
        }
        if (part.part() == 1) {
            denies.clear();
            next = 1;
            request = part.request();
        }
        if (part.part() != next || part.request() != request) {
            next = 0;
            return Optional.empty();
        }
        next++;
        denies.addAll(part.denies());
        if (part.part() < part.parts()) {
            return Optional.empty();
        }
        next = 0;
        return Optional.of(
                new Observed(part.request(), part.generation(), 1, 1, List.copyOf(denies)));
    }
}
