package dev.firebreak.eventlog.log;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// What an enforcer would never cut it said to nobody but whoever listened.
final class ConnectedWithoutLaw implements Upcaster {
    private static final String NAME = "enforcer.connected";

    @Override
    public EventName from() {
        return new EventName(NAME, 1);
    }

    @Override
    public EventName to() {
        return new EventName(NAME, 2);
    }

    @Override
    public ObjectNode lift(ObjectNode old) {
        old.putArray("neverDeny");
        return old;
    }
}
