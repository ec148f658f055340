/// The whole, seen from outside.
@NullMarked
package dev.firebreak.whole;

import org.jspecify.annotations.NullMarked;
