/// Who is cut off, for how long, and by whose word. Start reading at [ContainmentCommand].
@NullMarked
package dev.firebreak.commandside.containment;

import org.jspecify.annotations.NullMarked;
