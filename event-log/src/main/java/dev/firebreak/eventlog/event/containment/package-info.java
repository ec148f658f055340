/// What can happen to a containment, from the request to the last enforcer having let go. Start at
/// [ContainmentEvent].
@NullMarked
package dev.firebreak.eventlog.event.containment;

import org.jspecify.annotations.NullMarked;
