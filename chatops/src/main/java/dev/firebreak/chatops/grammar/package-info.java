/// What may be typed, the same in Slack and on the terminal. Start at [Grammar], then [Request].
@NullMarked
package dev.firebreak.chatops.grammar;

import org.jspecify.annotations.NullMarked;
