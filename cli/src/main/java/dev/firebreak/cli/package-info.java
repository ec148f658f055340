/// The same verbs from a terminal, over REST. Start at [FirebreakCli], then [Verbs].
@NullMarked
package dev.firebreak.cli;

import org.jspecify.annotations.NullMarked;
