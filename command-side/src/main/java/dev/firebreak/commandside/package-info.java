/// What may be asked, and what is decided: four files an aggregate.
///
/// Start reading at `command.Commands`, the port; then `containment.ContainmentCommand` and
/// `containment.Containment`.
@NullMarked
package dev.firebreak.commandside;

import org.jspecify.annotations.NullMarked;
