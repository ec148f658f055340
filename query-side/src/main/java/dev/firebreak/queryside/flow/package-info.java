/// The traffic that denies refused. Start reading at [DeniedFlowViews].
@NullMarked
package dev.firebreak.queryside.flow;

import org.jspecify.annotations.NullMarked;
