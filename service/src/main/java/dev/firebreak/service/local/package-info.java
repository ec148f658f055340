/// The host enforcer of this machine, as a child of the service.
///
/// Start reading at [LocalEnforcer].
@NullMarked
package dev.firebreak.service.local;

import org.jspecify.annotations.NullMarked;
