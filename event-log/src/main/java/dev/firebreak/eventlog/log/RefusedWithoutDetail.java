package dev.firebreak.eventlog.log;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Of an older refusal only the command and its target are known.
final class RefusedWithoutDetail implements Upcaster {
    private static final String NAME = "control.command-refused";

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
        return old.put("detail", "");
    }
}
