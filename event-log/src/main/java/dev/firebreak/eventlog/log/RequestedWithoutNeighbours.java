package dev.firebreak.eventlog.log;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// When an older containment was asked for, nobody looked who else runs where its members do.
final class RequestedWithoutNeighbours implements Upcaster {
    private static final String NAME = "containment.requested";

    @Override
    public EventName from() {
        return new EventName(NAME, 1);
    }

    @Override
    public EventName to() {
        return new EventName(NAME, 2);
    }

    /// What is not as it should be is left so, and found unreadable.
    @Override
    public ObjectNode lift(ObjectNode old) {
        if (old.path("plan").path("reach") instanceof ObjectNode reach) {
            reach.putArray("neighbours");
        }
        return old;
    }
}
