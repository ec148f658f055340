package dev.firebreak.chatops.grammar;

import dev.firebreak.chatops.grammar.Parsed.Misunderstood;
import dev.firebreak.chatops.grammar.Parsed.Understood;
import dev.firebreak.eventlog.term.InvalidTerm;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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

    private static final String FOR_PROGRAMS =
            """

            For programs: -o json or -o yaml shows the service's own answer. What is refused, or
            fails, is then the last line of stderr, in JSON: type, detail, code, and what else the
            service says. Exit codes: 0 ok, 1 failed or refused, 2 usage, 3 drift or violation
            found, 4 not permitted, 5 unreachable, 6 partial, 7 state unknown.\
            """;

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
        return verb.map(Grammar::known)
                .filter(this::isOffered)
                .map(found -> manual(found) + family(found))
                .orElseGet(this::overview);
    }

    /// A completion script for bash, which zsh reads as well.
    public String completion(String command) {
        return AutoComplete.bash(command, CommandTree.of(VERBS.values(), inSlack));
    }

    private Parsed parseWords(List<Word> words) {
        var arguments = Gathering.of(words);
        if (arguments.stream().anyMatch(word -> "--help".equals(word) || "-h".equals(word))) {
            return new Understood(new Request.Help(firstVerb(arguments)), TerminalOptions.DEFAULT);
        }
        try {
            return read(CommandTree.parse(VERBS.values(), inSlack, arguments));
        } catch (ParameterException wrong) {
            var verb = VERBS.get(CommandTree.path(wrong));
            return new Misunderstood(
                    Complaint.about(wrong, verb == null ? "" : verb.name()),
                    verb == null ? usage(verb) : usage(verb) + family(verb));
        }
    }

    private Parsed read(ParseResult result) {
        var path = CommandTree.path(result);
        var verb = VERBS.get(path);
        if (path.isEmpty()) {
            return understood(new Request.ShowActive(), result);
        }
        if (verb == null) {
            return new Misunderstood("'%s' needs one more word.".formatted(path), usage(verb));
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
            return new Understood(
                    request, inSlack ? TerminalOptions.DEFAULT : CommandTree.view(result));
        } catch (InvalidTerm wrong) {
            return new Misunderstood(sentence(wrong), "-o table|json|yaml");
        }
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

    private boolean isOffered(Verb verb) {
        return verb.inSlack() || !inSlack;
    }

    private static @Nullable Verb known(String name) {
        return VERBS.get(name.toLowerCase(Locale.ROOT));
    }

    /// The verb that `--help` is asked of.
    private static Optional<String> firstVerb(List<String> arguments) {
        var longest = arguments.size() > 1 ? arguments.get(0) + " " + arguments.get(1) : "";
        return Stream.of(longest, arguments.get(0))
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(VERBS::containsKey)
                .findFirst();
    }

    private static String manual(Verb verb) {
        return "%s: %s\n%s".formatted(verb.name(), verb.purpose(), verb.usage());
    }

    /// The verbs that begin with this one's word: `responders add` and so on.
    private String family(Verb verb) {
        return VERBS.values().stream()
                .filter(this::isOffered)
                .filter(each -> each.name().startsWith(verb.name() + " "))
                .map(each -> "\n%-24s%s".formatted(each.name(), each.purpose()))
                .collect(Collectors.joining());
    }

    private String overview() {
        var verbs =
                VERBS.values().stream()
                        .filter(this::isOffered)
                        .map(verb -> "%-24s%s".formatted(verb.name(), verb.purpose()))
                        .collect(Collectors.joining("\n"));
        return """
        %s

        SCOPE is workload NS/NAME (or just NS/NAME), host/NAME, label/k=v[,k=v], env/NAME,
        tenant/NAME, cidr/10.0.0.0/24, sg/sg-0a1 or db/ROLE. DUR is 15m, 2h or 1h30m.
        Nothing at all shows what is contained now; help VERB shows how a verb is typed.%s\
        """
                .formatted(verbs, inSlack ? "" : FOR_PROGRAMS);
    }
}
