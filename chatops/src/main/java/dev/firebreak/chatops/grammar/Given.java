package dev.firebreak.chatops.grammar;

import dev.firebreak.eventlog.term.InvalidTerm;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/// What was given to a verb, read into words of ours; a word that is wrong speaks for itself.
record Given(ParseResult parsed) {

    private static final Pattern LIST = Pattern.compile(",");

    <T> T at(int index, Function<String, T> reading) {
        return reading.apply(parsed.matchedPositionals().get(index).getValue());
    }

    int arguments() {
        return parsed.matchedPositionals().size();
    }

    boolean hasArgument() {
        return arguments() > 0;
    }

    boolean has(String option) {
        return parsed.hasMatchedOption(option);
    }

    <T> T required(String option, Function<String, T> reading) {
        return reading.apply(parsed.matchedOptionValue(option, ""));
    }

    <T> T or(String option, T otherwise, Function<String, T> reading) {
        return given(option).map(reading).orElse(otherwise);
    }

    Optional<String> given(String option) {
        return Optional.ofNullable(parsed.matchedOptionValue(option, null));
    }

    /// A repeatable option, each use of which may be a list.
    <T> List<T> list(String option, Function<String, T> reading) {
        return each(option, Function.identity()).stream()
                .flatMap(text -> LIST.splitAsStream(text))
                .filter(text -> !text.isEmpty())
                .map(reading)
                .toList();
    }

    /// A repeatable option, each use of which is one value.
    <T> List<T> each(String option, Function<String, T> reading) {
        return parsed.matchedOptionValue(option, List.<String>of()).stream().map(reading).toList();
    }

    static <E extends Enum<E>> E oneOf(String kind, E[] all, String text) {
        return Arrays.stream(all)
                .filter(each -> each.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidTerm(
                                "'%s' is not a %s: write %s."
                                        .formatted(Echo.of(text), kind, spelled(all))));
    }

    private static <E extends Enum<E>> String spelled(E[] all) {
        return Arrays.stream(all)
                .map(each -> each.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
