/// From event to enforcer and back: what the log implies is brought about, and what is known of it
/// is told to the log.
///
/// Start reading at `enforcer.Enforcer`, what is asked of anything that can hold a deny; then
/// `dispatch.Dispatcher`, who asks.
@NullMarked
package dev.firebreak.enforcerconnectors;

import org.jspecify.annotations.NullMarked;
