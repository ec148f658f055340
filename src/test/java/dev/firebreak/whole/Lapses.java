package dev.firebreak.whole;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToIntFunction;

/// Many denies watched to their ends, each by a connect shortly before its end and one shortly
/// after, and by more until it goes through.
final class Lapses {

    /// What a reading of a clock in milliseconds and the turn of other watched denies may cost.
    private static final long BEFORE_MILLIS = 10;

    /// By then each is to be open: promise R3.
    private static final long AFTER_MILLIS = 20;

    private static final long AGAIN_MILLIS = 1;

    private final ToIntFunction<InetAddress> connect;
    private final PriorityQueue<Probe> due =
            new PriorityQueue<>(Comparator.comparingLong(Probe::atMillis));
    private int early;
    private int open;
    private int openInTime;
    private long latestMillis;

    private record Probe(long atMillis, InetAddress address, long endMillis) {

        boolean isBefore() {
            return atMillis < endMillis;
        }
    }

    /// @param connect answers the error number of a new connect, 0 when it went through
    private Lapses(ToIntFunction<InetAddress> connect) {
        this.connect = connect;
    }

    /// Watches what the file names, a line each: an address and its end in milliseconds since 1970.
    /// Answers how many refused at the beginning, how many were open before their end, how many
    /// soon after it, how many at last, and how many milliseconds after its end the latest was
    /// first seen open.
    static String watch(Path file, long untilMillis, ToIntFunction<InetAddress> connect)
            throws IOException {
        var lapses = new Lapses(connect);
        var refused = 0;
        for (var line : Files.readAllLines(file)) {
            var words = line.split(" ", -1);
            var address = InetAddress.getByName(words[0]);
            refused += connect.applyAsInt(address) == Cell.EPERM ? 1 : 0;
            lapses.add(address, Long.parseLong(words[1]));
        }
        lapses.run(untilMillis);
        return "%d %d %d %d %d"
                .formatted(
                        refused, lapses.early, lapses.openInTime, lapses.open, lapses.latestMillis);
    }

    private void add(InetAddress address, long endMillis) {
        due.add(new Probe(endMillis - BEFORE_MILLIS, address, endMillis));
        due.add(new Probe(endMillis + AFTER_MILLIS, address, endMillis));
    }

    private void run(long untilMillis) {
        while (!due.isEmpty() && System.currentTimeMillis() < untilMillis) {
            var next = due.remove();
            awaitMillis(next.atMillis());
            var errno = connect.applyAsInt(next.address());
            if (next.isBefore()) {
                stillRefused(next, errno);
            } else {
                openOrNot(next, errno);
            }
        }
    }

    /// A connect that ended after the deny's end says nothing of the time before.
    private void stillRefused(Probe probe, int errno) {
        if (errno != Cell.EPERM && System.currentTimeMillis() < probe.endMillis()) {
            early++;
        }
    }

    private void openOrNot(Probe probe, int errno) {
        var now = System.currentTimeMillis();
        if (errno != 0) {
            due.add(new Probe(now + AGAIN_MILLIS, probe.address(), probe.endMillis()));
            return;
        }
        open++;
        latestMillis = Math.max(latestMillis, now - probe.endMillis());
        if (probe.atMillis() == probe.endMillis() + AFTER_MILLIS) {
            openInTime++;
        }
    }

    private static void awaitMillis(long millis) {
        for (var now = System.currentTimeMillis(); now < millis; now = System.currentTimeMillis()) {
            LockSupport.parkNanos((millis - now) * 1_000_000);
        }
    }
}
