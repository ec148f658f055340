package dev.firebreak.bench.soak;

import dev.firebreak.bench.instance.Answer;
import dev.firebreak.bench.instance.Rest;
import java.io.IOException;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/// One client: asks, and asks the same again under the same key until it is answered.
final class Client implements Runnable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    /// After the last kill an answer is waited for no longer than this.
    private static final Duration LAST_WORD = Duration.ofMinutes(2);

    private final Rest rest;
    private final Asks asks;
    private final Ledger ledger;
    private final AtomicBoolean enough;

    Client(
            Rest rest,
            String name,
            SplittableRandom random,
            boolean contains,
            Ledger ledger,
            AtomicBoolean enough) {
        this.rest = rest;
        this.asks = new Asks(name, random, contains);
        this.ledger = ledger;
        this.enough = enough;
    }

    @Override
    public void run() {
        try {
            while (!enough.get()) {
                settle(asks.next());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void settle(Asks.Ask ask) throws InterruptedException {
        var patience = 0L;
        while (patience < LAST_WORD.toNanos()) {
            var before = System.nanoTime();
            try {
                var answer = rest.post(ask.path(), ask.body(), ask.key());
                if (!answer.unsettled()) {
                    settled(ask, answer);
                    return;
                }
                ledger.repeated("on " + answer.status());
            } catch (IOException _) {
                // It may or may not have happened, which asking again will tell.
                ledger.repeated("on silence");
            }
            LockSupport.parkNanos(PAUSE.toNanos());
            patience += enough.get() ? System.nanoTime() - before : 0;
        }
    }

    private void settled(Asks.Ask ask, Answer answer) {
        if (answer.accepted()) {
            ledger.acknowledged(new Ledger.Entry(ask.key(), ask.stream(answer)));
            asks.accepted(ask, answer);
        } else {
            ledger.refused();
        }
    }
}
