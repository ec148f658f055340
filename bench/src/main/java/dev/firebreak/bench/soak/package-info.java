/// Killed at random under load, again and again, and what is left is counted (R1, R2).
@NullMarked
package dev.firebreak.bench.soak;

import org.jspecify.annotations.NullMarked;
