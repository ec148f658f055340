/// Who and what the tests of this room share. Start reading at [Cast].
@NullMarked
package dev.firebreak.commandside;

import org.jspecify.annotations.NullMarked;
