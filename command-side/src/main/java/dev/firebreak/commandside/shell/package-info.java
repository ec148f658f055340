/// What the thin shells around the pure deciders share. Start reading at [Handled].
@NullMarked
package dev.firebreak.commandside.shell;

import org.jspecify.annotations.NullMarked;
