/// What is typed and what is answered, wherever that happens. Start at [Conversation].
@NullMarked
package dev.firebreak.chatops;

import org.jspecify.annotations.NullMarked;
