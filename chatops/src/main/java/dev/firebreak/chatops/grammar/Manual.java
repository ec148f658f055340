package dev.firebreak.chatops.grammar;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// What is shown to somebody who asks how something is typed.
record Manual(Map<String, Verb> verbs, boolean inSlack) {

    private static final String OF_TERMINALS =
            """

            Options of every verb:
              --url URL        where the service is; otherwise FIREBREAK_URL, or what the service of
                               this machine wrote into its data directory when it was ready
              --data DIR       the data directory of this machine's service: it knows the address,
                               the certificate and the admin's token (~/.local/share/firebreak)
              --ca FILE        the authority to trust, PEM; otherwise FIREBREAK_CA, or Java's own list
              -o, --output table|json|yaml
              --watch          status: shows it again whenever it changes
              --no-wait        contain, approve: does not wait until it holds
            FIREBREAK_TOKEN says who you are; without it you are the admin of the data directory.\
            """;

    private static final String FOR_PROGRAMS =
            """

            For programs: -o json or -o yaml shows the service's own answer. What is refused, or
            fails, is then the last line of stderr, in JSON: type, detail, code, and what else the
            service says. Exit codes: 0 ok, 1 failed or refused, 2 usage, 3 drift or violation
            found, 4 not permitted, 5 unreachable, 6 partial, 7 state unknown.\
            """;

    static String key(String typed) {
        return typed.toLowerCase(Locale.ROOT);
    }

    /// The verbs, and the words that several of them begin with.
    Set<String> names() {
        return offered()
                .flatMap(verb -> Stream.of(verb.name(), verb.name().replaceFirst(" .*", "")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    boolean knows(String name) {
        return names().contains(name);
    }

    /// How one verb is typed, and those that begin with its word.
    String of(String name) {
        var verb = verbs.get(name);
        return (verb == null
                        ? name + ":" + family(name)
                        : "%s: %s\n%s%s"
                                .formatted(name, verb.purpose(), verb.usage(), family(name)))
                + (inSlack ? "" : "\n" + OF_TERMINALS);
    }

    /// The verbs that begin with this word: `responders add` and so on.
    String family(String word) {
        return offered()
                .filter(each -> each.name().startsWith(word + " "))
                .map(each -> "\n%-24s%s".formatted(each.name(), each.purpose()))
                .collect(Collectors.joining());
    }

    /// What `--help` is asked of: the first word that is a verb, or else the first word.
    Optional<String> askedOf(List<String> arguments) {
        return IntStream.range(0, arguments.size())
                .boxed()
                .flatMap(at ->
                        Stream.of(at + 2, at + 1)
                                .filter(end -> end <= arguments.size())
                                .map(end -> key(String.join(" ", arguments.subList(at, end)))))
                .filter(this::knows)
                .findFirst()
                .or(() ->
                        arguments.stream()
                                .limit(1)
                                .filter(word -> !word.startsWith("-"))
                                .findFirst());
    }

    String overview() {
        var all =
                offered()
                        .map(verb -> "%-24s%s".formatted(verb.name(), verb.purpose()))
                        .collect(Collectors.joining("\n"));
        return """
        %s

        SCOPE is workload NS/NAME (or just NS/NAME), host/NAME, label/k=v[,k=v], env/NAME,
        tenant/NAME, cidr/10.0.0.0/24, sg/sg-0a1 or db/ROLE. DUR is 15m, 2h or 1h30m.
        Nothing at all shows what is contained now; help VERB shows how a verb is typed.%s\
        """
                .formatted(all, inSlack ? "" : "\n" + OF_TERMINALS + "\n" + FOR_PROGRAMS);
    }

    private Stream<Verb> offered() {
        return verbs.values().stream().filter(verb -> verb.inSlack() || !inSlack);
    }
}
