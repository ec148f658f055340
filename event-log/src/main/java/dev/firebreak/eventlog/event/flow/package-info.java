/// What traffic was seen: telemetry, which judges nothing. Start at [FlowEvent].
@NullMarked
package dev.firebreak.eventlog.event.flow;

import org.jspecify.annotations.NullMarked;
