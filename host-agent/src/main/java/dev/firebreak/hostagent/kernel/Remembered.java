package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Deny;
import java.util.List;
import java.util.Set;

/// What an agent knows of an earlier run: denies with the boot-clock instants at which they end,
/// and ids that it was told to drop. Where a slot still lives, the slot's own expiry counts.
public record Remembered(List<Until> denies, Set<String> dropped, long generation) {

    public static final Remembered NOTHING = new Remembered(List.of(), Set.of(), 0);

    public record Until(Deny deny, long expiry) {}

    public Remembered {
        denies = List.copyOf(denies);
        dropped = Set.copyOf(dropped);
    }

    /// Whether nothing was ever applied under this identity. What is found in the kernel then comes
    /// from another life, by another log: that one's generations mean nothing to this one, whose
    /// first plan would be refused as older than what it never knew.
    boolean isFirst() {
        return generation == 0 && denies.isEmpty() && dropped.isEmpty();
    }
}
