/// What is refused before anything is made.
@NullMarked
package dev.firebreak.service.start;

import org.jspecify.annotations.NullMarked;
