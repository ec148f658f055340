/// What was, folded from the log and never taken from the views. Start reading at [Replay].
@NullMarked
package dev.firebreak.queryside.replay;

import org.jspecify.annotations.NullMarked;
