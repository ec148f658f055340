package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Sessions;
import java.time.Instant;
import java.util.List;

/// What there is to say of one share. The sentence holds nothing that changes by itself, so that
/// the same truth is the same word and is told once.
record Word(PartState state, String sentence, List<String> caveats, Sessions sessions) {
    Word {
        caveats = List.copyOf(caveats);
    }

    static Word of(PartState state, String sentence) {
        return new Word(state, sentence, List.of(), Sessions.NONE);
    }

    PartReport report(EnforcerName enforcer, long generation, Instant at) {
        return new PartReport(enforcer, generation, state, sentence, caveats, sessions, at);
    }

    /// Whether this is what was told already.
    boolean says(PartReport told) {
        var same = report(told.enforcer(), told.generation(), told.at());
        return same.equals(told);
    }
}
