/// Brings every enforcer within reach to what the log implies, and tells the log how far each is.
///
/// Level-triggered: an event only says "look now". Start reading at [Dispatcher]; then [Lane], one
/// enforcer; [Knowledge], what is known of it; [Lack], what it therefore lacks; and [Truth], what
/// may be said of it.
@NullMarked
package dev.firebreak.enforcerconnectors.dispatch;

import org.jspecify.annotations.NullMarked;
