package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.enforcerconnectors.enforcer.Held;
import dev.firebreak.enforcerconnectors.enforcer.Verification.Probe;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Phrases;
import dev.firebreak.eventlog.term.Sessions;
import dev.firebreak.segmentation.DesiredDeny;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What may be said of a part: exactly what is known, never better. Nothing is said while an answer
/// is still awaited in time, for then nothing is known that was not known before.
final class Truth {

    private Truth() {}

    /// Of an enforcer that is attached. `desired` is what it is to hold for this part now.
    static Optional<Word> attached(
            KnownPart part,
            Optional<DesiredDeny> desired,
            Knowledge knowledge,
            Residents residents,
            boolean awaited,
            Trouble trouble) {
        return switch (part.demand()) {
            case HOLD ->
                    desired.isPresent()
                            ? holding(part, desired.get(), knowledge, residents, awaited, trouble)
                            : nothingToHold(part, knowledge);
            case WAIT -> Optional.empty();
            case LET_GO -> lettingGo(part, knowledge, awaited, trouble);
        };
    }

    /// Of an enforcer that is not attached anywhere. `doubtful`: something was under way to it when
    /// it went; `silent`: it has been out of hearing for longer than a heartbeat allows.
    static Optional<Word> absent(KnownPart part, boolean doubtful, boolean silent) {
        var state = part.state();
        return switch (part.demand()) {
            case WAIT -> Optional.empty();
            case LET_GO ->
                    silent && state != PartState.LIFTED
                            ? Optional.of(endedUnseen(part))
                            : Optional.empty();
            case HOLD ->
                    switch (state) {
                        case HELD, HELD_EXCEPT, VERIFIED, WAITING ->
                                silent ? Optional.of(unheard(part)) : Optional.empty();
                        case UNKNOWN, REJECTED -> Optional.empty();
                        case PENDING, UNREACHABLE, LIFTED ->
                                Optional.of(doubtful ? unheard(part) : notConnected(part));
                    };
        };
    }

    private static Optional<Word> holding(
            KnownPart part,
            DesiredDeny desired,
            Knowledge knowledge,
            Residents residents,
            boolean awaited,
            Trouble trouble) {
        var id = DenyId.of(part.containment());
        var refusal = knowledge.refusal(desired);
        if (refusal.isPresent()) {
            return refusal.map(Truth::refused);
        }
        if (knowledge.hasTaken(desired) && !knowledge.isDoubtful(id)) {
            return knowledge
                    .held(id)
                    .map(held ->
                            inForce(desired, held, knowledge.probe(id))
                                    .except(residents.gaps(held)));
        }
        return awaited ? Optional.empty() : hindered(part.enforcer(), trouble);
    }

    private static Optional<Word> lettingGo(
            KnownPart part, Knowledge knowledge, boolean awaited, Trouble trouble) {
        var id = DenyId.of(part.containment());
        if (knowledge.held(id).isEmpty() && !knowledge.isDoubtful(id)) {
            return Optional.of(
                    Word.of(
                            PartState.LIFTED,
                            "Read back: %s holds nothing of it.".formatted(part.enforcer())));
        }
        return awaited ? Optional.empty() : hindered(part.enforcer(), trouble);
    }

    private static Optional<Word> nothingToHold(KnownPart part, Knowledge knowledge) {
        var id = DenyId.of(part.containment());
        return knowledge.held(id).isPresent() || knowledge.isDoubtful(id)
                ? Optional.empty()
                : Optional.of(
                        Word.of(
                                PartState.WAITING,
                                "No workload of it runs on %s now; it takes hold when one does."
                                        .formatted(part.enforcer())));
    }

    /// The end is part of it, so that a new one is told when the enforcer has taken it.
    private static Word inForce(DesiredDeny desired, Held held, Optional<Probe> probe) {
        if (held.state() == Held.State.WAITING) {
            return new Word(
                    PartState.WAITING,
                    orElse(held.sentence(), "The workload is not there; it takes hold when it is."),
                    held.caveats(),
                    List.of(),
                    Sessions.NONE);
        }
        var until = Phrases.time(desired.expiresAt());
        var sessions = probe.map(Probe::sessions).orElse(Sessions.NONE);
        return switch (probe.map(Probe::verdict).orElse(null)) {
            case null ->
                    new Word(
                            PartState.HELD,
                            "Read back: in force for new traffic until %s.".formatted(until),
                            held.caveats(),
                            List.of(),
                            sessions);
            case DENIED ->
                    new Word(
                            PartState.VERIFIED,
                            "Read back until %s, and a probe was refused.".formatted(until),
                            caveats(held, sessions),
                            List.of(),
                            sessions);
            case NOT_POSSIBLE ->
                    new Word(
                            PartState.HELD,
                            "Read back until %s; it could not be probed: %s"
                                    .formatted(
                                            until,
                                            orElse(
                                                    probe.orElseThrow().detail(),
                                                    "no reason was given.")),
                            caveats(held, sessions),
                            List.of(),
                            sessions);
            case ALLOWED ->
                    new Word(
                            PartState.UNKNOWN,
                            "Read back as held, but a probe got through: take it for open. "
                                    + probe.orElseThrow().detail(),
                            caveats(held, sessions),
                            List.of(),
                            sessions);
        };
    }

    private static List<String> caveats(Held held, Sessions sessions) {
        var caveats = new ArrayList<>(held.caveats());
        if (sessions.surviving() > 0) {
            caveats.add(
                    "%d open sessions could not be ended; their packets are dropped while it holds."
                            .formatted(sessions.surviving()));
        }
        return caveats;
    }

    private static Word refused(Held answer) {
        return Word.of(
                PartState.REJECTED,
                "%s (%s)"
                        .formatted(
                                orElse(answer.sentence(), "It would not have it."),
                                orElse(answer.code(), "no code")));
    }

    private static Optional<Word> hindered(EnforcerName enforcer, Trouble trouble) {
        return switch (trouble) {
            case Trouble.None _ -> Optional.empty();
            case Trouble.Ahead _ ->
                    Optional.of(
                            Word.of(
                                    PartState.PENDING,
                                    "%s has applied a newer plan than this log knows; waiting to catch up."
                                            .formatted(enforcer)));
            case Trouble.Refusing(var code, var sentence) ->
                    Optional.of(Word.of(PartState.REJECTED, "%s (%s)".formatted(sentence, code)));
            case Trouble.OutOfReach(var sentence) ->
                    Optional.of(Word.of(PartState.UNREACHABLE, sentence));
            case Trouble.Unanswered(var sentence) ->
                    Optional.of(Word.of(PartState.UNKNOWN, sentence));
        };
    }

    private static Word unheard(KnownPart part) {
        return Word.of(
                PartState.UNKNOWN,
                "Nothing is heard of %s: whether it holds is unknown. What it does hold ends at %s by itself."
                        .formatted(part.enforcer(), Phrases.time(part.expiresAt())));
    }

    private static Word notConnected(KnownPart part) {
        return Word.of(
                PartState.UNREACHABLE,
                "%s is not connected; it is sent as soon as it is.".formatted(part.enforcer()));
    }

    private static Word endedUnseen(KnownPart part) {
        return Word.of(
                PartState.UNKNOWN,
                "It has ended and nothing is heard of %s, so that it let go is unknown; by itself it does so at %s."
                        .formatted(part.enforcer(), Phrases.time(part.expiresAt())));
    }

    private static String orElse(String text, String otherwise) {
        return text.isBlank() ? otherwise : text;
    }
}
