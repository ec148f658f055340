package dev.firebreak.cli;

import dev.firebreak.chatops.grammar.Grammar;
import dev.firebreak.chatops.grammar.Parsed;
import dev.firebreak.chatops.grammar.Request;
import dev.firebreak.chatops.grammar.TerminalOptions;
import java.time.Duration;
import java.util.List;

/// The command line: reads it by the grammar that Slack uses too, asks the service, and shows the
/// answer. It keeps nothing.
public final class FirebreakCli {

    private static final Duration WATCH_PAUSE = Duration.ofSeconds(2);

    private final Terminal terminal;
    private final Duration longestWait;

    FirebreakCli(Terminal terminal, Duration longestWait) {
        this.terminal = terminal;
        this.longestWait = longestWait;
    }

    public static void main(String... arguments) {
        var exit =
                new FirebreakCli(Terminal.ofThisProcess(), Waiting.LONGEST).run(List.of(arguments));
        System.exit(exit.code());
    }

    Exit run(List<String> arguments) {
        return switch (Grammar.forTerminal().parse(arguments)) {
            case Parsed.Misunderstood(var sentence, var usage) -> {
                tell(new Stop(Exit.USAGE, sentence + "\n" + usage), Output.wanted(arguments));
                yield Exit.USAGE;
            }
            case Parsed.Understood(var request, var view) -> stoppable(request, view);
        };
    }

    private Exit stoppable(Request request, TerminalOptions view) {
        try {
            return run(request, view);
        } catch (Stop stop) {
            tell(stop, view.output());
            return stop.exit();
        }
    }

    private Exit run(Request request, TerminalOptions view) {
        return switch (request) {
            case Request.Help(var verb) ->
                    print(Shown.text(Grammar.forTerminal().help(verb)), Effect.NONE, view);
            case Request.PrintCompletion _ ->
                    print(
                            Shown.text(Grammar.forTerminal().completion("firebreak")),
                            Effect.NONE,
                            view);
            case Request.ShowActive _,
                    Request.ShowContainment _,
                    Request.DrawPlan _,
                    Request.Contain _,
                    Request.Approve _,
                    Request.WhoAmI _,
                    Request.ListWorkloads _,
                    Request.ListEnforcers _,
                    Request.ListResponders _,
                    Request.Change _,
                    Request.OnTerminal _ ->
                    ask(request, view);
        };
    }

    private Exit ask(Request request, TerminalOptions view) {
        var access = Access.of(view, terminal);
        if (access.isPlainAcrossTheNetwork()) {
            tell(
                    "Warning: %s is not encrypted; the token can be read on the way."
                            .formatted(access.base()));
        }
        try (var rest = new Rest(access)) {
            var verbs = new Verbs(rest, terminal, view, longestWait);
            return view.watched()
                    ? watch(verbs, request, view)
                    : print(verbs.run(request), Effect.of(request), view);
        }
    }

    /// Shows it again whenever it looks different, until somebody stops it or nobody reads it.
    private Exit watch(Verbs verbs, Request request, TerminalOptions view) {
        if (!(request instanceof Request.ShowActive
                || request instanceof Request.ShowContainment)) {
            throw new Stop(Exit.USAGE, "--watch goes with status: firebreak status --watch.");
        }
        var before = List.<String>of();
        while (true) {
            var shown = verbs.run(request);
            var lines = Output.lines(shown, view.output());
            if (!lines.equals(before)) {
                var exit = print(shown, Effect.NONE, view);
                if (terminal.out().readerLeft()) {
                    return exit;
                }
                before = lines;
            }
            try {
                Thread.sleep(WATCH_PAUSE);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return Exit.OK;
            }
        }
    }

    private Exit print(Shown shown, Effect effect, TerminalOptions view) {
        Output.lines(shown, view.output()).forEach(terminal.out()::println);
        if (terminal.out().checkError()) {
            return unwritten(shown, effect);
        }
        shown.refusal().ifPresent(stop -> tell(stop, view.output()));
        return shown.exit();
    }

    /// Silent for a reader that has seen enough of what changed nothing.
    private Exit unwritten(Shown shown, Effect effect) {
        var exit = shown.exit() == Exit.OK ? Exit.FAILED : shown.exit();
        if (effect == Effect.NONE && terminal.out().readerLeft()) {
            return exit;
        }
        throw new Stop(
                exit,
                "The answer came and could not be written: is what it goes to full, or closed?"
                        + switch (effect) {
                            case NONE -> "";
                            case DECIDED ->
                                    " What was asked for was decided; look before you ask again.";
                        },
                "not-written");
    }

    /// One line for programs, whatever else was told before it.
    private void tell(Stop stop, TerminalOptions.Output form) {
        switch (form) {
            case TABLE -> tell(stop.sentence());
            case JSON, YAML -> terminal.err().println(stop.problem());
        }
    }

    private void tell(String text) {
        text.lines().map(Plain::printable).forEach(terminal.err()::println);
    }
}
