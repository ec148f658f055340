package dev.firebreak.chatops.grammar;

import java.util.List;
import java.util.Set;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Says in one sentence what is wrong with a line.
final class Complaint {

    private Complaint() {}

    static String about(ParameterException wrong, String verb) {
        return switch (wrong) {
            case UnmatchedArgumentException strange -> strange(strange, verb);
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

    private static String strange(UnmatchedArgumentException error, String verb) {
        if (error.getUnmatched().isEmpty()) {
            return "This '%s' cannot be read: an option lacks its value, or a value begins with a dash."
                    .formatted(verb);
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
