package dev.firebreak.commandside.axon;

import dev.firebreak.eventlog.term.ResponderName;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.OptionalLong;
import java.util.SequencedMap;

/// How many refusals are written down, by actor and altogether: enough to see what somebody tried,
/// and too few to fill the log by trying.
final class RefusalBudget {

    static final int PER_ACTOR_AND_MINUTE = 30;
    static final int PER_MINUTE = 600;
    static final int MAX_ACTORS = 10_000;

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final SequencedMap<ResponderName, Bucket> actors = new LinkedHashMap<>(16, 0.75f, true);
    private final Bucket everybody = new Bucket(PER_MINUTE);

    /// Refusals of actors that were forgotten since.
    private long forgotten;

    /// Whether this refusal may be written down; if so, how many before it were not.
    synchronized OptionalLong admit(ResponderName by, Instant now) {
        var actor = actors.computeIfAbsent(by, _ -> new Bucket(PER_ACTOR_AND_MINUTE));
        forgetEldest();
        actor.refill(now);
        everybody.refill(now);
        if (actor.tokens < 1 || everybody.tokens < 1) {
            actor.unrecorded++;
            return OptionalLong.empty();
        }
        actor.tokens--;
        everybody.tokens--;
        var before = actor.unrecorded + forgotten;
        actor.unrecorded = 0;
        forgotten = 0;
        return OptionalLong.of(before);
    }

    /// It could not be written after all, and neither could those counted with it.
    synchronized void putBack(ResponderName by, long unrecorded) {
        var actor = actors.get(by);
        if (actor == null) {
            forgotten += unrecorded + 1;
        } else {
            actor.unrecorded += unrecorded + 1;
        }
    }

    synchronized int actors() {
        return actors.size();
    }

    private void forgetEldest() {
        if (actors.size() > MAX_ACTORS) {
            var eldest = actors.pollFirstEntry();
            forgotten += eldest.getValue().unrecorded;
        }
    }

    private static final class Bucket {
        private final int size;
        private double tokens;
        private Instant refilled = Instant.MIN;
        private long unrecorded;

        private Bucket(int size) {
            this.size = size;
            this.tokens = size;
        }

        private void refill(Instant now) {
            if (refilled.equals(Instant.MIN)) {
                refilled = now;
            }
            var passed = Duration.between(refilled, now);
            // A clock that steps back gives nothing and takes nothing.
            if (passed.isPositive()) {
                var minutes = (double) passed.toMillis() / MINUTE.toMillis();
                tokens = Math.min(size, tokens + minutes * size);
                refilled = now;
            }
        }
    }
}
