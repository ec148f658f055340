package dev.firebreak.enforcerconnectors.dispatch;

/// What stands between an enforcer and its desired state, after the last try.
sealed interface Trouble {

    record None() implements Trouble {}

    /// It has applied a plan that this replica's log has not reached.
    record Ahead(long applied, long ours) implements Trouble {}

    record Refusing(String code, String sentence) implements Trouble {}

    record OutOfReach(String sentence) implements Trouble {}

    /// Asked, and no answer came in time.
    record Unanswered(String sentence) implements Trouble {}
}
