package dev.firebreak.chatops.slack;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Remembers genuine signatures for longer than they could be accepted, so each works once.
///
/// Only what was signed with a live secret gets here, so a stranger cannot fill it. When it is full
/// all the same, new ones are refused: forgetting one early would let it work again.
final class SeenSignatures {

    static final int MAX = 100_000;

    private static final Duration KEPT = SlackVerifier.WINDOW.multipliedBy(2);

    private final Map<String, Instant> until = new LinkedHashMap<>();

    synchronized boolean isFirst(String signature, Instant sentAt, Instant now) {
        forget(now);
        if (until.size() >= MAX) {
            return false;
        }
        return until.putIfAbsent(signature, sentAt.plus(KEPT)) == null;
    }

    /// In the order they came, which is nearly that of their ends; one that ends out of order stays
    /// a little longer.
    private void forget(Instant now) {
        var oldest = until.entrySet().iterator();
        while (oldest.hasNext() && oldest.next().getValue().isBefore(now)) {
            oldest.remove();
        }
    }

    synchronized int size() {
        return until.size();
    }
}
