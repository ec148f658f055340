/// The enforcers, and whether they can be heard. Start reading at [EnforcerViews].
@NullMarked
package dev.firebreak.queryside.enforcer;

import org.jspecify.annotations.NullMarked;
