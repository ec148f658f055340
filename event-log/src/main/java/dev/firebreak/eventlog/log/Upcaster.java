package dev.firebreak.eventlog.log;

import com.fasterxml.jackson.databind.node.ObjectNode;

/// Lifts an older form of an event to the next one: `from` becomes `to` by changing its JSON. The
/// log itself is never rewritten; this happens on every reading.
interface Upcaster {

    EventName from();

    EventName to();

    ObjectNode lift(ObjectNode old);
}
