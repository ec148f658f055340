/// Containments as a responder sees them. Start reading at [ContainmentViews].
@NullMarked
package dev.firebreak.queryside.containment;

import org.jspecify.annotations.NullMarked;
