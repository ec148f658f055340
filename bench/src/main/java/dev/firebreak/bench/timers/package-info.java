/// G4, the timers' part: how late the alarm of a release rings, against what else there is.
@NullMarked
package dev.firebreak.bench.timers;

import org.jspecify.annotations.NullMarked;
