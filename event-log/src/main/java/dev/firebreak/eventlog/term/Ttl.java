package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.regex.Pattern;

/// How long a deny lasts. There is none without it. Written `15m`, `2h`, `1h30m`, `90s`; a number
/// without a unit is an error, for nobody knows at 03:00 whether 30 was meant in minutes.
public record Ttl(Duration duration) {

    /// Beyond any role's limit; only a bound against nonsense.
    public static final Duration LONGEST = Duration.ofDays(30);

    private static final Pattern TEXT =
            Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,7})s)?");

    public Ttl {
        // How short is too short, and what is too long before this, is each role's limit.
        if (duration.isNegative() || duration.isZero()) {
            throw new InvalidTerm("A time to live is longer than nothing: write 15m, 2h or 1h30m.");
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new InvalidTerm("A time to live is at most 30d; no emergency is longer.");
        }
        if (!duration.equals(Duration.ofSeconds(duration.toSeconds()))) {
            throw new InvalidTerm("A time to live is in whole seconds.");
        }
    }

    public static Ttl ofMinutes(long minutes) {
        return new Ttl(Duration.ofMinutes(minutes));
    }

    @JsonCreator
    public static Ttl parse(String text) {
        var match = TEXT.matcher(text);
        if (text.isEmpty() || !match.matches()) {
            throw new InvalidTerm(
                    "'%s' is not a duration: give a number and its unit, for example 15m, 2h or 1h30m."
                            .formatted(Words.printable(text)));
        }
        return new Ttl(
                Duration.ofDays(number(match.group(1)))
                        .plusHours(number(match.group(2)))
                        .plusMinutes(number(match.group(3)))
                        .plusSeconds(number(match.group(4))));
    }

    private static long number(@org.jspecify.annotations.Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    @Override
    @JsonValue
    public String toString() {
        var text = new StringBuilder();
        unit(text, duration.toDays(), 'd');
        unit(text, duration.toHoursPart(), 'h');
        unit(text, duration.toMinutesPart(), 'm');
        unit(text, duration.toSecondsPart(), 's');
        return text.toString();
    }

    private static void unit(StringBuilder text, long amount, char unit) {
        if (amount > 0) {
            text.append(amount).append(unit);
        }
    }
}
