package dev.firebreak.hostagent.deny;

import java.util.function.Supplier;

/// What was written cannot be read as what it should be; nothing was changed.
public final class Malformed extends IllegalArgumentException {

    public Malformed(String what) {
        super(what);
    }

    static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new Malformed(otherwise.get());
        }
    }
}
