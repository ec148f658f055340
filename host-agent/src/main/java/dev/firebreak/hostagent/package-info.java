/// The agent on each host: it holds denies in the kernel, by its own law, for a service that it
/// dials. Start reading at `HostAgent`; the kernel side is in `kernel`.
@NullMarked
package dev.firebreak.hostagent;

import org.jspecify.annotations.NullMarked;
