package dev.firebreak.eventlog.term;

import java.util.List;
import java.util.stream.Stream;

/// Something the ask covers and no enforcer can hold, with the reason as a sentence.
public record Gap(String what, String why) {

    /// The first few, and with them how many others there are; at most `most`, and never none of
    /// some.
    public static List<Gap> named(List<Gap> gaps, int most) {
        if (gaps.size() <= most) {
            return List.copyOf(gaps);
        }
        var others = gaps.size() - (most - 1);
        var rest = new Gap(others + " more", "they are too many to be named");
        return Stream.concat(gaps.stream().limit(most - 1), Stream.of(rest)).toList();
    }
}
