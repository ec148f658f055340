package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.Capabilities;
import dev.firebreak.enforcerconnectors.enforcer.Directive;
import dev.firebreak.enforcerconnectors.enforcer.Enforcer;
import dev.firebreak.enforcerconnectors.enforcer.FakeEnforcer;
import dev.firebreak.enforcerconnectors.enforcer.Observation;
import dev.firebreak.enforcerconnectors.enforcer.Receipt;
import dev.firebreak.eventlog.term.EnforcerName;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/// A line that delays, loses, repeats and overtakes, in front of an honest enforcer.
final class BadLine implements Enforcer {

    private static final int WORST_DELAY_MILLIS = 9_000;

    private final FakeEnforcer behind;
    private final ManualTime time;
    private final Random random;
    private boolean mended;
    private boolean cut;

    BadLine(FakeEnforcer behind, ManualTime time, Random random) {
        this.behind = behind;
        this.time = time;
        this.random = random;
    }

    /// From now on everything arrives once and at once.
    void mend() {
        mended = true;
    }

    @Override
    public EnforcerName name() {
        return behind.name();
    }

    @Override
    public Capabilities capabilities() {
        return behind.capabilities();
    }

    @Override
    public CompletionStage<Receipt> apply(Directive directive) {
        return send(() -> behind.take(directive));
    }

    @Override
    public CompletionStage<Observation> observe() {
        return send(behind::seen);
    }

    /// A connection that was given up delivers nothing more.
    @Override
    public void close(String why) {
        cut = true;
    }

    private <T> CompletionStage<T> send(Supplier<? extends T> request) {
        var answer = new CompletableFuture<T>();
        var copies = mended ? 1 : random.nextInt(3);
        for (var copy = 0; copy < copies; copy++) {
            var _ = time.after(delay(), () -> arrive(request, answer));
        }
        return answer;
    }

    private <T> void arrive(Supplier<? extends T> request, CompletableFuture<T> answer) {
        if (cut) {
            return;
        }
        var result = request.get();
        if (mended || random.nextInt(4) > 0) {
            var _ = time.after(delay(), () -> answer.complete(result));
        }
    }

    private Duration delay() {
        return Duration.ofMillis(mended ? 0 : random.nextInt(WORST_DELAY_MILLIS));
    }
}
