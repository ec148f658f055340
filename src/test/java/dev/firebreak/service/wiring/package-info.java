/// What the assembly itself has to get right.
@NullMarked
package dev.firebreak.service.wiring;

import org.jspecify.annotations.NullMarked;
