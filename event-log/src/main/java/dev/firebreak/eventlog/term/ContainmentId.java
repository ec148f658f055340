package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.regex.Pattern;

/// The name of one containment, short enough to be said aloud: `C-7F3K9QX`.
///
/// It is derived from what is asked and how often that was asked before, so two people who ask for
/// the same thing at the same moment, on two replicas, name the same stream: one containment.
public record ContainmentId(@JsonValue String value) {

    /// Crockford's base 32: no I, L, O or U to mishear.
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    private static final int LETTERS = 7;
    private static final Pattern TEXT = Pattern.compile("C-[0-9A-HJKMNP-TV-Z]{" + LETTERS + "}");

    public ContainmentId {
        if (!TEXT.matcher(value).matches()) {
            throw new InvalidTerm(
                    "'%s' is not a containment: they look like C-7F3K9QX."
                            .formatted(Words.printable(value)));
        }
    }

    /// Reads an id as people type it: any case, with or without `C-`.
    @JsonCreator
    public static ContainmentId parse(String text) {
        var upper = text.strip().toUpperCase(Locale.ROOT);
        return new ContainmentId(upper.startsWith("C-") ? upper : "C-" + upper);
    }

    /// The `episode`-th containment of the same ask, counted from zero.
    public static ContainmentId of(Ask ask, long episode) {
        var digest = Fingerprint.of(ask.canonical() + "|" + episode);
        var letters = new StringBuilder("C-");
        for (var i = 0; i < LETTERS; i++) {
            letters.append(ALPHABET.charAt(digest[i] & 31));
        }
        return new ContainmentId(letters.toString());
    }

    @Override
    public String toString() {
        return value;
    }
}
