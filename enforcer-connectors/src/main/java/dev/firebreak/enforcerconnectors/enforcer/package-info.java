/// What Firebreak asks of anything that can hold a deny, and what comes back.
///
/// Start reading at [Enforcer]; a connector is one implementation of it that passes the contract
/// test of this package.
@NullMarked
package dev.firebreak.enforcerconnectors.enforcer;

import org.jspecify.annotations.NullMarked;
