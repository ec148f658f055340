/// The freeze switch, and the record of what was refused. Start reading at [ControlCommand].
@NullMarked
package dev.firebreak.commandside.control;

import org.jspecify.annotations.NullMarked;
