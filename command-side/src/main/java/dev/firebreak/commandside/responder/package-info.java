/// Who may ask. Start reading at [ResponderCommand].
@NullMarked
package dev.firebreak.commandside.responder;

import org.jspecify.annotations.NullMarked;
