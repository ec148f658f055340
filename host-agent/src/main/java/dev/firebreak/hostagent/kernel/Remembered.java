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
}
