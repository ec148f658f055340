package dev.firebreak.hostagent;

import dev.firebreak.hostagent.deny.Malformed;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Durations as people type them: `15m`, `2h`, `1h30m`, `90s`. A number without a unit is an error.
final class Durations {

    private static final Pattern PART = Pattern.compile("([0-9]{1,6})([hms])");

    private Durations() {}

    static Duration parse(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int at = 0;
        while (part.find() && part.start() == at) {
            long number = Long.parseLong(part.group(1));
            sum =
                    sum.plus(
                            switch (part.group(2)) {
                                case "h" -> Duration.ofHours(number);
                                case "m" -> Duration.ofMinutes(number);
                                default -> Duration.ofSeconds(number);
                            });
            at = part.end();
        }
        if (at == 0 || at != text.length()) {
            throw new Malformed("not a duration: " + text + "; write 15m, 2h or 1h30m");
        }
        return sum;
    }
}
