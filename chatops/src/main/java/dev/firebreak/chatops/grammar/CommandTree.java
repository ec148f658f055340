package dev.firebreak.chatops.grammar;

import dev.firebreak.chatops.grammar.TerminalOptions.Output;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/// The table of verbs as picocli knows it. Built anew for each line, since picocli keeps what it
/// has read in the same objects.
final class CommandTree {

    private CommandTree() {}

    static ParseResult parse(Collection<Verb> verbs, boolean inSlack, List<String> arguments) {
        return of(verbs, inSlack).parseArgs(arguments.toArray(String[]::new));
    }

    /// The verb that a complaint of picocli's is about.
    static String path(CommandLine.ParameterException wrong) {
        var name = wrong.getCommandLine().getCommandSpec().qualifiedName(" ");
        return name.substring(name.indexOf(' ') + 1);
    }

    static CommandLine of(Collection<Verb> verbs, boolean inSlack) {
        var root = CommandSpec.create().name("firebreak");
        verbs.forEach(verb -> parent(root, verb).addSubcommand(verb.spec().name(), verb.spec()));
        if (!inSlack) {
            terminalOptions().forEach(root::add);
        }
        return new CommandLine(root)
                .setExpandAtFiles(false)
                .setInterpolateVariables(false)
                .setSubcommandsCaseInsensitive(true)
                .setOptionsCaseInsensitive(true)
                .setOverwrittenOptionsAllowed(false)
                .setPosixClusteredShortOptionsAllowed(false)
                .setUnmatchedOptionsAllowedAsOptionParameters(false);
    }

    private static CommandSpec parent(CommandSpec root, Verb verb) {
        var blank = verb.name().indexOf(' ');
        if (blank < 0) {
            return root;
        }
        var group = verb.name().substring(0, blank);
        var known = root.subcommands().get(group);
        if (known != null) {
            return known.getCommandSpec();
        }
        var added = CommandSpec.create().name(group);
        root.addSubcommand(group, added);
        return added;
    }

    /// The words of the verb that was found: `enforcers enrol`, or nothing.
    static String path(ParseResult result) {
        return chain(result).stream()
                .skip(1)
                .map(each -> each.commandSpec().name())
                .collect(Collectors.joining(" "));
    }

    static ParseResult deepest(ParseResult result) {
        return chain(result).getLast();
    }

    static List<ParseResult> chain(ParseResult result) {
        var chain = new ArrayList<ParseResult>();
        chain.add(result);
        while (chain.getLast().hasSubcommand()) {
            chain.add(chain.getLast().subcommand());
        }
        return chain;
    }

    static TerminalOptions view(ParseResult result) {
        return new TerminalOptions(
                value(result, "--url").orElse(""),
                value(result, "--data").orElse(""),
                value(result, "--ca").orElse(""),
                value(result, "--output")
                        .map(text -> Given.oneOf("form of output", Output.values(), text))
                        .orElse(Output.TABLE),
                !has(result, "--no-wait"),
                has(result, "--watch"));
    }

    private static Optional<String> value(ParseResult result, String option) {
        return chain(result).stream()
                .flatMap(each ->
                        Optional.<String>ofNullable(each.matchedOptionValue(option, null)).stream())
                .findFirst();
    }

    private static boolean has(ParseResult result, String option) {
        return chain(result).stream().anyMatch(each -> each.hasMatchedOption(option));
    }

    private static List<OptionSpec> terminalOptions() {
        return List.of(
                value("FORM", "-o", "--output"),
                value("URL", "--url"),
                value("DIR", "--data"),
                value("FILE", "--ca"),
                flag("--no-wait"),
                flag("--watch"));
    }

    private static OptionSpec value(String label, String... names) {
        return OptionSpec.builder(names)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .scopeType(ScopeType.INHERIT)
                .build();
    }

    private static OptionSpec flag(String name) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .scopeType(ScopeType.INHERIT)
                .build();
    }
}
