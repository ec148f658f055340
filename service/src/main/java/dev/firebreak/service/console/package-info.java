/// The page a browser finds at `/`: what is contained now, who enforces, and where to go next.
///
/// Start reading at [ConsoleResource].
@NullMarked
package dev.firebreak.service.console;

import org.jspecify.annotations.NullMarked;
