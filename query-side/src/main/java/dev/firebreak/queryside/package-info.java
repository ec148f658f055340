/// What can be seen: views worked out from the log, and replays folded from it.
///
/// Start reading at [Views], then `containment.ContainmentViews`; what never asks the views is in
/// `replay`.
@NullMarked
package dev.firebreak.queryside;

import org.jspecify.annotations.NullMarked;
