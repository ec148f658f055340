package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.dispatch.DispatchListener.Outcome;
import dev.firebreak.enforcerconnectors.enforcer.Receipt;
import dev.firebreak.eventlog.term.EnforcerName;

/// Words for what stands in the way.
final class Troubles {

    private Troubles() {}

    static String sentence(Trouble trouble) {
        return switch (trouble) {
            case Trouble.None _ -> "";
            case Trouble.Ahead(var applied, var ours) ->
                    "It has obeyed plan %d, and this log knows none beyond %d: this log is older than what it has obeyed, and it takes nothing from here. Was a backup restored, or do two Firebreaks speak to it? After a restore, empty the agent's state and enrol it again."
                            .formatted(applied, ours);
            case Trouble.Refusing(var code, var sentence) -> "%s (%s)".formatted(sentence, code);
            case Trouble.OutOfReach(var sentence) -> sentence;
            case Trouble.Unanswered(var sentence) -> sentence;
        };
    }

    static String leftOut(EnforcerName enforcer) {
        return "%s did not say what became of all that it was told.".formatted(enforcer);
    }

    static Outcome outcome(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Applied _ -> Outcome.APPLIED;
            case Receipt.Rejected _ -> Outcome.REJECTED;
            case Receipt.Unreachable _ -> Outcome.UNREACHABLE;
            case Receipt.Unknown _ -> Outcome.UNKNOWN;
        };
    }
}
