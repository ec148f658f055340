/// A real containment on this machine, explained step by step.
@NullMarked
package dev.firebreak.bench.demo;

import org.jspecify.annotations.NullMarked;
