package dev.firebreak.eventlog.log;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Of an older containment nobody wrote down how many members it may have: as many as its plan
/// reached, for nothing else is known to have been allowed.
final class OrderedWithoutLimit implements Upcaster {
    private static final String NAME = "containment.ordered";

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
        return old.put("atMost", 0);
    }
}
