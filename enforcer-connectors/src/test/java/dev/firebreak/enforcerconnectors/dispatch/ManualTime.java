package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.enforcerconnectors.enforcer.SettableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;

/// Time that passes when it is told to, with everything that was to happen meanwhile happening in
/// order.
final class ManualTime {

    private record Task(Instant at, long number, Runnable what) {}

    private final SettableClock clock;
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparing(Task::at).thenComparingLong(Task::number));
    private final ArrayDeque<Runnable> line = new ArrayDeque<>();
    private long number;

    ManualTime(Instant now) {
        clock = new SettableClock(now);
    }

    Clock clock() {
        return clock;
    }

    Instant now() {
        return clock.instant();
    }

    Line asLine() {
        return new Line(executor(), this::after, () -> {});
    }

    Executor executor() {
        return line::add;
    }

    Runnable after(Duration wait, Runnable what) {
        var task = new Task(now().plus(wait), number++, what);
        tasks.add(task);
        return () -> tasks.remove(task);
    }

    /// Does what is to be done now.
    void settle() {
        while (true) {
            var next = Optional.ofNullable(line.poll()).or(this::due);
            if (next.isEmpty()) {
                return;
            }
            next.get().run();
        }
    }

    void pass(Duration time) {
        var end = now().plus(time);
        settle();
        while (!tasks.isEmpty() && !tasks.peek().at().isAfter(end)) {
            clock.set(tasks.peek().at());
            settle();
        }
        clock.set(end);
        settle();
    }

    private Optional<Runnable> due() {
        return tasks.isEmpty() || tasks.peek().at().isAfter(now())
                ? Optional.empty()
                : Optional.of(tasks.remove().what());
    }
}
