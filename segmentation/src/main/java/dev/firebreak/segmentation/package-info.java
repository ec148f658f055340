/// Who may talk to whom: what the log implies, worked out without clock, network or storage.
///
/// Start reading at [Estate], the fold of the log; then [Planner], what an ask comes to, and
/// [Compilation], what each enforcer is to hold because of it.
@NullMarked
package dev.firebreak.segmentation;

import org.jspecify.annotations.NullMarked;
