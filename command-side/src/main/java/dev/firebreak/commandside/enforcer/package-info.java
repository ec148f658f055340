/// Which enforcers are ours. Start reading at [EnforcerCommand].
@NullMarked
package dev.firebreak.commandside.enforcer;

import org.jspecify.annotations.NullMarked;
