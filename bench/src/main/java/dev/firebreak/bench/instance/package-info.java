/// A real Firebreak as a process of its own, spoken to as anybody would.
@NullMarked
package dev.firebreak.bench.instance;

import org.jspecify.annotations.NullMarked;
