package dev.firebreak.eventlog.log;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Of older containments only the plan tells whom no part could have.
final class ContainedWithoutGaps implements Upcaster {
    private static final String NAME = "containment.contained";

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
        old.putArray("gaps");
        return old;
    }
}
