package dev.firebreak.queryside.containment;

import java.util.List;

/// Where a containment is in its life by its events alone; the clock and what is known of its
/// enforcers may say less, see [ContainmentState].
enum StoredStage {
    ASKED,
    PUSHING,
    CONTAINED,
    CONTAINED_EXCEPT,
    RELEASING,
    ENDED,
    DECLINED;

    /// Enforcers hold it, are about to, or have not been read back as having let go.
    static final List<StoredStage> HELD_BY_ENFORCERS =
            List.of(PUSHING, CONTAINED, CONTAINED_EXCEPT, RELEASING);
}
