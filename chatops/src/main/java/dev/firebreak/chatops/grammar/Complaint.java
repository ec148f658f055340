package dev.firebreak.chatops.grammar;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in one sentence what is wrong with a line.
final class Complaint {

    private Complaint() {}

    static String about(ParameterException wrong, String verb, List<String> arguments) {
        return switch (wrong) {
            case UnmatchedArgumentException strange -> strange(strange, verb, arguments);
            case OverwrittenOptionException twice -> twice(twice);
            case MissingParameterException missing -> valueMissing(missing, verb);
            default -> Echo.of(String.valueOf(wrong.getMessage()));
        };
    }

    static String needs(String verb, List<String> missing) {
        return "'%s' needs %s.".formatted(verb, String.join(" and ", missing));
    }

    static String unknown(String word, Set<String> known) {
        return "'%s' is not something I can do.%s".formatted(Echo.of(word), hint(word, known));
    }

    private static String strange(
            UnmatchedArgumentException error, String verb, List<String> arguments) {
        if (error.getUnmatched().isEmpty()) {
            return dashed(error.getCommandLine().getCommandSpec().optionsMap(), arguments)
                    .orElseGet(() ->
                            "This '%s' cannot be read: an option lacks its value.".formatted(verb));
        }
        var word = error.getUnmatched().getFirst();
        var known = error.getCommandLine().getCommandSpec();
        if (error.isUnknownOption()) {
            return "There is no option '%s'.%s"
                    .formatted(Echo.of(word), hint(word, known.optionsMap().keySet()));
        }
        return known.subcommands().isEmpty()
                ? "I cannot place '%s' in this '%s'.".formatted(Echo.of(word), verb)
                : unknown(word, known.subcommands().keySet());
    }

    /// The option that was given a value which looks like another option.
    private static Optional<String> dashed(
            Map<String, OptionSpec> options, List<String> arguments) {
        return IntStream.range(1, arguments.size())
                .filter(at -> arguments.get(at).startsWith("-"))
                .filter(at -> {
                    var before = options.get(arguments.get(at - 1).toLowerCase(Locale.ROOT));
                    return before != null && before.arity().min() > 0;
                })
                .mapToObj(at ->
                        "%s lacks its value: '%s' begins with a dash, and no value does."
                                .formatted(arguments.get(at - 1), Echo.of(arguments.get(at))))
                .findFirst();
    }

    private static String hint(String word, Set<String> known) {
        return Likeness.nearest(word.replaceFirst("=.*", ""), known)
                .map(" Did you mean %s?"::formatted)
                .orElse("");
    }

    private static String twice(OverwrittenOptionException error) {
        return error.getOverwritten() instanceof OptionSpec option
                ? "%s is given twice.".formatted(option.longestName())
                : "Something is given twice.";
    }

    private static String valueMissing(MissingParameterException error, String verb) {
        var options =
                error.getMissing().stream()
                        .filter(OptionSpec.class::isInstance)
                        .map(OptionSpec.class::cast)
                        .map(option -> option.longestName() + " " + option.paramLabel())
                        .toList();
        return needs(verb, options);
    }
}
