/// The door to decisions, built on Axon without a container. Start reading at [AxonCommands].
@NullMarked
package dev.firebreak.commandside.axon;

import org.jspecify.annotations.NullMarked;
