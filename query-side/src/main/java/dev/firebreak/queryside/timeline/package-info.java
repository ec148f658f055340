/// What happened, in sentences. Start reading at [TimelineViews] and [Narration].
@NullMarked
package dev.firebreak.queryside.timeline;

import org.jspecify.annotations.NullMarked;
