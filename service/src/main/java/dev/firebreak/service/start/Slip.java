package dev.firebreak.service.start;

import dev.firebreak.chatops.grammar.Likeness;
import java.util.Set;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Tells what was typed wrong in one line, which the list of all options would bury.
final class Slip {

    private static final int USAGE = 2;

    private Slip() {}

    static int tell(ParameterException wrong, String... arguments) {
        var error = wrong.getCommandLine().getErr();
        error.println("firebreak: " + sentence(wrong) + " up --help lists the options.");
        error.flush();
        return USAGE;
    }

    private static String sentence(ParameterException wrong) {
        if (wrong instanceof MissingParameterException missing
                && missing.getMissing().getFirst() instanceof OptionSpec option) {
            return "%s needs %s.".formatted(option.longestName(), option.paramLabel());
        }
        if (wrong instanceof UnmatchedArgumentException strange
                && !strange.getUnmatched().isEmpty()) {
            var word = strange.getUnmatched().getFirst();
            var known = strange.getCommandLine().getCommandSpec().optionsMap().keySet();
            return "There is no option '%s'.%s".formatted(word, hint(word, known));
        }
        if (wrong.getArgSpec() instanceof OptionSpec option && option.type() == int.class) {
            return "%s takes a whole number, like %s %s; '%s' is none."
                    .formatted(
                            option.longestName(),
                            option.longestName(),
                            option.defaultValue(),
                            wrong.getValue());
        }
        return wrong.getMessage() + ".";
    }

    private static String hint(String word, Set<String> known) {
        return Likeness.nearest(word.replaceFirst("=.*", ""), known)
                .map(" Did you mean %s?"::formatted)
                .orElse("");
    }
}
