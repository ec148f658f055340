/// G3: reading the whole log back and making sense of it.
@NullMarked
package dev.firebreak.bench.replay;

import org.jspecify.annotations.NullMarked;
