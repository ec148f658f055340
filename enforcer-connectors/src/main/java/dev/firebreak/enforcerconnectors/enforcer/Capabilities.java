package dev.firebreak.enforcerconnectors.enforcer;

import java.util.List;

/// What a kind of enforcer can and cannot hold, told before it is asked. `precedence` says what can
/// beat a deny of ours there; `cannotHold` are whole sentences for the person who plans.
public record Capabilities(
        boolean endsSessions,
        boolean peers,
        boolean ports,
        boolean names,
        boolean layer7,
        boolean keepsLease,
        String precedence,
        List<String> cannotHold) {
    public Capabilities {
        cannotHold = List.copyOf(cannotHold);
    }
}
