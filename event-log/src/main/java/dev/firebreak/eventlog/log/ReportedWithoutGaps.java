package dev.firebreak.eventlog.log;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// In older reports an enforcer held a part as a whole or not at all: there was nobody to name.
final class ReportedWithoutGaps implements Upcaster {
    private static final String NAME = "containment.enforcement-reported";

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
        for (var report : old.path("reports")) {
            if (report instanceof ObjectNode one) {
                one.putArray("gaps");
            }
        }
        return old;
    }
}
