package dev.firebreak.hostagent.deny;

import java.util.function.Supplier;

/// Something asked for makes no sense or breaks the law: a stable code and a sentence for a
/// responder.
public record Refusal(String code, String sentence) {

    /// What was written cannot be read as a deny at all.
    public static final class Malformed extends IllegalArgumentException {
        Malformed(String what) {
            super(what);
        }
    }

    static void require(boolean holds, Supplier<String> otherwise) {
        if (!holds) {
            throw new Malformed(otherwise.get());
        }
    }
}
