package dev.firebreak.chatops.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/// One verb: how it is typed, what it is for, where it works, and the request that it makes.
record Verb(
        String name,
        String form,
        String purpose,
        String example,
        boolean inSlack,
        List<Part> parts,
        Function<Given, Request> reading) {

    /// A piece of a verb's form.
    sealed interface Part {

        record Argument(String label, boolean required) implements Part {}

        record Value(String option, String label, boolean required) implements Part {}

        record Values(String option, String label) implements Part {}

        record Flag(String option) implements Part {}
    }

    Verb {
        parts = List.copyOf(parts);
    }

    String usage() {
        return (name + " " + form).strip() + "\nfor example: " + example;
    }

    /// What must be given and was not, in the order of the form.
    List<String> missing(Given given) {
        var missing = new ArrayList<String>();
        var index = 0;
        for (var part : parts) {
            switch (part) {
                case Part.Argument(var label, var required) -> {
                    if (required && given.arguments() <= index) {
                        missing.add(inWords(label));
                    }
                    index++;
                }
                case Part.Value(var option, var label, var required) -> {
                    if (required && !given.has(option)) {
                        missing.add(option + " " + label);
                    }
                }
                case Part.Values _, Part.Flag _ -> {}
            }
        }
        return missing;
    }

    private static String inWords(String label) {
        return switch (label) {
            case "C-ID" -> "the name of a containment, like C-7F3K9QX; status lists them";
            case "NS/NAME" -> "a workload's name, like payments/checkout";
            case "KIND/NAME" -> "an enforcer's name, like host/web-1";
            case "TOKEN-ID" -> "a token's id, which responders lists";
            default -> "a " + label.toLowerCase(Locale.ROOT);
        };
    }

    /// Nothing is required as picocli sees it, so that it names a misspelt option before whatever
    /// is missing because of it.
    CommandSpec spec() {
        var spec = CommandSpec.create().name(name.substring(name.indexOf(' ') + 1));
        spec.usageMessage().description(purpose);
        var index = 0;
        for (var part : parts) {
            switch (part) {
                case Part.Argument argument -> spec.add(positional(argument, index++));
                case Part.Value(var option, var label, _) ->
                        spec.add(option(option, label).build());
                case Part.Values(var option, var label) ->
                        spec.add(
                                option(option, label)
                                        .type(List.class)
                                        .auxiliaryTypes(String.class)
                                        .build());
                case Part.Flag(var option) ->
                        spec.add(OptionSpec.builder(option).type(boolean.class).arity("0").build());
            }
        }
        return spec;
    }

    private static OptionSpec.Builder option(String option, String label) {
        return OptionSpec.builder(option).type(String.class).arity("1").paramLabel(label);
    }

    private static PositionalParamSpec positional(Part.Argument argument, int index) {
        return PositionalParamSpec.builder()
                .index(Integer.toString(index))
                .arity("0..1")
                .type(String.class)
                .paramLabel(argument.label())
                .build();
    }

    /// Begins the description of a verb.
    static Draft verb(String name, String form, String purpose, String example) {
        return new Draft(name, form, purpose, example);
    }

    /// A verb being described.
    static final class Draft {

        private final String name;
        private final String form;
        private final String purpose;
        private final String example;
        private final List<Part> parts = new ArrayList<>();
        private boolean inSlack = true;

        private Draft(String name, String form, String purpose, String example) {
            this.name = name;
            this.form = form;
            this.purpose = purpose;
            this.example = example;
        }

        Draft fromTerminalOnly() {
            inSlack = false;
            return this;
        }

        Draft argument(String label) {
            parts.add(new Part.Argument(label, true));
            return this;
        }

        Draft argumentIfAny(String label) {
            parts.add(new Part.Argument(label, false));
            return this;
        }

        Draft required(String option, String label) {
            parts.add(new Part.Value(option, label, true));
            return this;
        }

        Draft value(String option, String label) {
            parts.add(new Part.Value(option, label, false));
            return this;
        }

        Draft values(String option, String label) {
            parts.add(new Part.Values(option, label));
            return this;
        }

        Draft flag(String option) {
            parts.add(new Part.Flag(option));
            return this;
        }

        Verb makes(Function<Given, Request> reading) {
            return new Verb(name, form, purpose, example, inSlack, parts, reading);
        }
    }
}
