package dev.firebreak.hostagent;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// One line a fact on standard error, for whoever reads the journal at night: `time what key=value
/// …`.
public final class Log {

    private Log() {}

    public static void line(String what, String... pairs) {
        var line = new StringBuilder(Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        line.append(' ').append(what);
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            line.append(' ').append(pairs[i]).append('=').append(quoted(pairs[i + 1]));
        }
        System.err.println(line);
    }

    private static String quoted(String value) {
        String plain = value.replaceAll("[\\x00-\\x1f\\x7f]", " ");
        return plain.matches("[^ \"]+") ? plain : '"' + plain.replace('"', '\'') + '"';
    }
}
