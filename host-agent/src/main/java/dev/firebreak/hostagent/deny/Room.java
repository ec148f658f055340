package dev.firebreak.hostagent.deny;

import java.util.Optional;

/// How many rules one deny may come to have on this host, and why not more.
public record Room(long rules, String why) {

    /// What stands against a deny that would have this many.
    public Optional<Refusal> objects(long needed) {
        return needed <= rules
                ? Optional.empty()
                : Optional.of(
                        new Refusal(
                                "too-many-entries",
                                "with it " + needed + " rules would be needed, and " + why));
    }
}
