/// Who is asking: bearer tokens, hashed at rest, looked up afresh for every request.
///
/// Start reading at [TokenAuthentication].
@NullMarked
package dev.firebreak.service.security;

import org.jspecify.annotations.NullMarked;
