/// The port to decisions: what may be sent, and what comes back. Start reading at [Commands].
@NullMarked
package dev.firebreak.commandside.command;

import org.jspecify.annotations.NullMarked;
