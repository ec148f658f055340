package dev.firebreak.chatops.grammar;

import dev.firebreak.chatops.grammar.Parsed.Misunderstood;
import dev.firebreak.chatops.grammar.Parsed.Understood;
import dev.firebreak.eventlog.term.InvalidTerm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/// Reads a line into a [Request], or says in a sentence what is wrong with it and what to type.
///
/// It is closed: no shell, no files, no variables, nothing beyond the verbs of the tables. It holds
/// no state and can be used by many at once.
public final class Grammar {

    /// Longer than any sensible command; what is longer is not even split.
    public static final int MAX_LENGTH = 4_000;

    private static final Map<String, Verb> VERBS =
            Stream.of(ContainmentVerbs.ALL, HouseVerbs.ALL, PeopleVerbs.ALL, TerminalVerbs.ALL)
                    .flatMap(List::stream)
                    .collect(
                            Collectors.toMap(
                                    Verb::name,
                                    Function.identity(),
                                    (a, b) -> {
                                        throw new IllegalStateException("two verbs: " + a + b);
                                    },
                                    LinkedHashMap::new));

    private final boolean inSlack;

    private Grammar(boolean inSlack) {
        this.inSlack = inSlack;
    }

    /// The verbs that may be typed in Slack.
    public static Grammar forSlack() {
        return new Grammar(true);
    }

    /// All verbs, and the options of a terminal.
    public static Grammar forTerminal() {
        return new Grammar(false);
    }

    public Parsed parse(String line) {
        return line.length() > MAX_LENGTH ? tooLong() : parseWords(Word.split(line));
    }

    /// The same for what a shell has split into words.
    public Parsed parse(List<String> arguments) {
        return arguments.stream().mapToInt(String::length).sum() > MAX_LENGTH
                ? tooLong()
                : parseWords(Word.of(arguments));
    }

    /// One verb's form, or every verb with its purpose.
    public String help(Optional<String> verb) {
        var name = verb.map(Manual::key);
        return name.filter(manual()::knows)
                .map(manual()::of)
                .or(() -> name.flatMap(Launcher::help))
                .orElseGet(manual()::overview);
    }

    /// A completion script for bash, which zsh reads as well.
    public String completion(String command) {
        return AutoComplete.bash(command, CommandTree.of(VERBS.values(), inSlack));
    }

    private Parsed parseWords(List<Word> words) {
        var arguments = Gathering.of(words);
        if (arguments.stream().anyMatch(word -> "--help".equals(word) || "-h".equals(word))) {
            return help(new Request.Help(manual().askedOf(arguments)), TerminalOptions.DEFAULT);
        }
        try {
            return read(CommandTree.parse(VERBS.values(), inSlack, arguments));
        } catch (ParameterException wrong) {
            var verb = VERBS.get(CommandTree.path(wrong));
            var launcher = verb == null ? launcher(arguments) : Optional.<Parsed>empty();
            if (launcher.isPresent()) {
                return launcher.get();
            }
            return new Misunderstood(
                    Complaint.about(wrong, verb == null ? "" : verb.name(), arguments),
                    verb == null ? usage(verb) : usage(verb) + manual().family(verb.name()));
        }
    }

    private static Optional<Parsed> launcher(List<String> arguments) {
        return arguments.stream()
                .findFirst()
                .flatMap(first -> Launcher.elsewhere(Manual.key(first)));
    }

    private Parsed read(ParseResult result) {
        var path = CommandTree.path(result);
        var verb = VERBS.get(path);
        if (path.isEmpty()) {
            return understood(new Request.ShowActive(), result);
        }
        if (verb == null) {
            return new Misunderstood(
                    "'%s' needs one more word.".formatted(path),
                    manual().family(path).stripLeading());
        }
        return verb.inSlack() || !inSlack ? read(verb, result) : notHere(verb);
    }

    private Parsed read(Verb verb, ParseResult result) {
        var given = new Given(CommandTree.deepest(result));
        var missing = verb.missing(given);
        if (!missing.isEmpty()) {
            return new Misunderstood(Complaint.needs(verb.name(), missing), verb.usage());
        }
        try {
            return understood(verb.reading().apply(given), result);
        } catch (InvalidTerm wrong) {
            return new Misunderstood(sentence(wrong), verb.usage());
        }
    }

    private Parsed understood(Request request, ParseResult result) {
        try {
            var view = inSlack ? TerminalOptions.DEFAULT : CommandTree.view(result);
            return request instanceof Request.Help help
                    ? help(help, view)
                    : new Understood(request, view);
        } catch (InvalidTerm wrong) {
            return new Misunderstood(sentence(wrong), "-o table|json|yaml");
        }
    }

    private Parsed help(Request.Help help, TerminalOptions view) {
        return help.verb()
                .filter(name -> !manual().knows(Manual.key(name)))
                .filter(name -> inSlack || Launcher.help(Manual.key(name)).isEmpty())
                .map(this::unknown)
                .orElseGet(() -> new Understood(help, view));
    }

    private Parsed unknown(String name) {
        var elsewhere = VERBS.get(Manual.key(name));
        return elsewhere == null
                ? Launcher.elsewhere(Manual.key(name))
                        .orElseGet(() ->
                                new Misunderstood(
                                        Complaint.unknown(name, manual().names()), usage(null)))
                : notHere(elsewhere);
    }

    private Manual manual() {
        return new Manual(VERBS, inSlack);
    }

    private static String sentence(InvalidTerm wrong) {
        return String.valueOf(wrong.getMessage());
    }

    private static Parsed notHere(Verb verb) {
        return new Misunderstood(
                "'%s' works from a terminal, not from Slack.".formatted(verb.name()),
                "firebreak " + verb.usage());
    }

    private static Parsed tooLong() {
        return new Misunderstood(
                "That is longer than %d characters and was not read.".formatted(MAX_LENGTH),
                "Shorten the reason; the rest is short by itself.");
    }

    private static String usage(@Nullable Verb verb) {
        return verb == null ? "help shows what can be typed." : verb.usage();
    }
}
