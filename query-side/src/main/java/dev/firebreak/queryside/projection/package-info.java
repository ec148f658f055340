/// How views follow the log: in batches, with their position in the same transaction, and rebuilt
/// beside the served ones. Start reading at [Views].
@NullMarked
package dev.firebreak.queryside.projection;

import org.jspecify.annotations.NullMarked;
