/// Which enforcers there are and whether they can be heard. Start at [EnforcerEvent].
@NullMarked
package dev.firebreak.eventlog.event.enforcer;

import org.jspecify.annotations.NullMarked;
