/// What concerns Firebreak as a whole: the freeze switch, and what was refused. Start at
/// [ControlEvent].
@NullMarked
package dev.firebreak.eventlog.event.control;

import org.jspecify.annotations.NullMarked;
