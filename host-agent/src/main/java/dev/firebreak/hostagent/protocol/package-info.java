/// The frames of the agent protocol, version 1, exactly as they travel. Start reading at {@link
/// dev.firebreak.hostagent.protocol.FromService}.
@NullMarked
package dev.firebreak.hostagent.protocol;

import org.jspecify.annotations.NullMarked;
