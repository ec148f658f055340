/// G1: from the button in Slack to the kernel and back.
@NullMarked
package dev.firebreak.bench.contain;

import org.jspecify.annotations.NullMarked;
