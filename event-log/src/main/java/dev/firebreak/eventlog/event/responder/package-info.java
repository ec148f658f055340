/// Who may ask, and by which identities they are known. Start at [ResponderEvent].
@NullMarked
package dev.firebreak.eventlog.event.responder;

import org.jspecify.annotations.NullMarked;
