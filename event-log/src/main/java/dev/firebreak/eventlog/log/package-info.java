/// The log: one order for everything that happened, stored so that it can prove itself.
///
/// Start reading at [LogEntry].
@NullMarked
package dev.firebreak.eventlog.log;

import org.jspecify.annotations.NullMarked;
