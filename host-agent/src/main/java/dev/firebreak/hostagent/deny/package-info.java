/// What a deny is, what it compiles to, and the law it must pass; pure. Start reading at {@link
/// dev.firebreak.hostagent.deny.Deny}.
@NullMarked
package dev.firebreak.hostagent.deny;

import org.jspecify.annotations.NullMarked;
