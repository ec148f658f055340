package dev.firebreak.bench.append;

import dev.firebreak.bench.measure.Sample;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.HdrHistogram.Histogram;

/// So many clients for a while, each asking again as soon as it is answered, as pgbench does.
final class Clients {

    private Clients() {}

    /// What one client does, again and again.
    @FunctionalInterface
    interface Client extends AutoCloseable {
        void ask() throws Exception;

        @Override
        default void close() throws SQLException {}
    }

    /// What they did a second, and how long each answer took.
    static Sample run(int clients, Duration slice, Callable<? extends Client> made)
            throws Exception {
        try (var threads = Executors.newFixedThreadPool(clients)) {
            var ready = new CountDownLatch(clients);
            var start = new CountDownLatch(1);
            var running = new ArrayList<java.util.concurrent.Future<Histogram>>();
            for (var i = 0; i < clients; i++) {
                running.add(threads.submit(() -> one(made, ready, start, slice)));
            }
            ready.await();
            var began = System.nanoTime();
            start.countDown();
            var all = Sample.histogram();
            for (var one : running) {
                all.add(one.get());
            }
            var seconds = (System.nanoTime() - began) / 1e9;
            return new Sample(all.getTotalCount() / seconds, all);
        }
    }

    private static Histogram one(
            Callable<? extends Client> made,
            CountDownLatch ready,
            CountDownLatch start,
            Duration slice)
            throws Exception {
        var times = Sample.histogram();
        try (var client = opened(made, ready)) {
            start.await();
            var end = System.nanoTime() + slice.toNanos();
            for (var before = System.nanoTime(); before < end; ) {
                client.ask();
                var after = System.nanoTime();
                times.recordValue(after - before);
                before = after;
            }
        }
        return times;
    }

    /// Whoever cannot be made must not keep the others waiting.
    private static Client opened(Callable<? extends Client> made, CountDownLatch ready)
            throws Exception {
        try {
            return made.call();
        } finally {
            ready.countDown();
        }
    }

    static final List<Integer> COUNTS = List.of(1, 16, 64);
}
