package dev.firebreak.hostagent.kernel;

import java.util.List;

/// What was put right because the kernel did not have what it was given: somebody had changed it.
/// Names the denies that may not have held for a while.
public record Repaired(int differences, List<String> denies) {

    public Repaired {
        denies = List.copyOf(denies);
    }

    public boolean any() {
        return differences > 0;
    }
}
