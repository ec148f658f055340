/// G4 and G7, the kernel's part: what a packet pays, and how exactly a deny ends.
@NullMarked
package dev.firebreak.bench.kernel;

import org.jspecify.annotations.NullMarked;
