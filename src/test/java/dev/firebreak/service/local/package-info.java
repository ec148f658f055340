/// The agent of this machine, in parts.
@NullMarked
package dev.firebreak.service.local;

import org.jspecify.annotations.NullMarked;
