package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Sessions;
import java.time.Instant;
import java.util.List;

/// What there is to say of one part. The sentence holds nothing that changes by itself, so that the
/// same truth is the same word and is told once.
record Word(
        PartState state, String sentence, List<String> caveats, List<Gap> gaps, Sessions sessions) {
    Word {
        caveats = List.copyOf(caveats);
        gaps = List.copyOf(gaps);
    }

    static Word of(PartState state, String sentence) {
        return new Word(state, sentence, List.of(), List.of(), Sessions.NONE);
    }

    /// The same, but for somebody. What is held for the others is never called held by itself.
    Word except(List<Gap> some) {
        return new Word(
                some.isEmpty() || !state.isInForce() ? state : PartState.HELD_EXCEPT,
                sentence,
                caveats,
                some,
                sessions);
    }

    PartReport report(EnforcerName enforcer, long generation, Instant at) {
        return new PartReport(enforcer, generation, state, sentence, caveats, gaps, sessions, at);
    }

    /// Whether this is what was told already.
    boolean says(PartReport told) {
        var same = report(told.enforcer(), told.generation(), told.at());
        return same.equals(told);
    }
}
