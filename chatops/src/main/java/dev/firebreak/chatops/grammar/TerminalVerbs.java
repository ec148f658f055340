package dev.firebreak.chatops.grammar;

import static dev.firebreak.chatops.grammar.Verb.verb;

import dev.firebreak.eventlog.term.InvalidTerm;
import java.util.List;
import java.util.stream.Stream;

/// The verbs whose answers are too long, too secret or too local for Slack.
final class TerminalVerbs {

    static final List<Verb> ALL =
            List.of(
                    verb(
                                    "replay",
                                    "C-ID [--all] | --from WHEN [--until WHEN] [--all] | --at WHEN",
                                    "tells what happened, or what was denied at a moment, from the log;"
                                            + " what repeats itself once, unless --all",
                                    "replay --at 2026-11-23T08:15:00Z")
                            .fromTerminalOnly()
                            .argumentIfAny("C-ID")
                            .value("--from", "WHEN")
                            .value("--until", "WHEN")
                            .value("--at", "WHEN")
                            .flag("--all")
                            .makes(TerminalVerbs::replay),
                    verb(
                                    "audit verify",
                                    "",
                                    "checks the log's chain from end to end",
                                    "audit verify")
                            .fromTerminalOnly()
                            .makes(_ -> new Request.VerifyAudit()),
                    verb("doctor", "", "checks that this terminal and the service work", "doctor")
                            .fromTerminalOnly()
                            .makes(_ -> new Request.Diagnose()),
                    verb(
                                    "completion",
                                    "[bash|zsh]",
                                    "prints a completion script, which bash and zsh both read",
                                    "completion bash > ~/.local/share/bash-completion/completions/firebreak")
                            .fromTerminalOnly()
                            .argumentIfAny("SHELL")
                            .makes(TerminalVerbs::completion));

    private TerminalVerbs() {}

    private enum Shell {
        BASH,
        ZSH
    }

    /// One script is for both shells; another shell is told so instead of being given it.
    private static Request completion(Given given) {
        if (given.hasArgument()) {
            var _ = given.at(0, text -> Given.oneOf("shell", Shell.values(), text));
        }
        return new Request.PrintCompletion();
    }

    private static Request replay(Given given) {
        var ways =
                Stream.of(given.hasArgument(), given.has("--from"), given.has("--at"))
                        .filter(way -> way)
                        .count();
        if (ways != 1 || (given.has("--until") && !given.has("--from"))) {
            throw new InvalidTerm(
                    "Replay what? Give one of: a containment, --from WHEN [--until WHEN], or --at WHEN.");
        }
        if (given.has("--all") && given.has("--at")) {
            throw new InvalidTerm("--all goes with a containment or with --from, not with --at.");
        }
        if (given.hasArgument()) {
            return new Request.ReplayContainment(
                    ContainmentVerbs.containment(given), given.has("--all"));
        }
        return given.has("--at")
                ? new Request.ReplayAt(given.required("--at", Moment::parse))
                : new Request.ReplaySpan(
                        given.required("--from", Moment::parse),
                        given.or("--until", Moment.now(), Moment::parse),
                        given.has("--all"));
    }
}
