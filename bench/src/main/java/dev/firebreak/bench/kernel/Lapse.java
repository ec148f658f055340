package dev.firebreak.bench.kernel;

import dev.firebreak.hostagent.kernel.KernelEnforcer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.channels.DatagramChannel;

/// One deny's end as somebody who wants to send sees it: refused still then, let through since.
record Lapse(long expiry, long lastRefused, long firstPassed) {

    /// How late it ended at most, in nanoseconds; nobody looked between the two.
    long lateAtMost() {
        return firstPassed - expiry;
    }

    /// How late it ended for certain: so long after its end somebody was still refused.
    long lateForCertain() {
        return Math.max(0, lastRefused - expiry);
    }

    /// It was seen open before its end.
    boolean early() {
        return firstPassed < expiry;
    }

    /// Tries again and again from before the end until the kernel lets one pass.
    static Lapse watch(String address, long expiry, long patience) throws IOException {
        var to = new InetSocketAddress(address, Denies.PORT);
        var refused = 0L;
        while (true) {
            // The clock is read before a refusal and after a pass: what is said of both is certain.
            var before = KernelEnforcer.bootNanos();
            if (passes(to)) {
                return new Lapse(expiry, refused, KernelEnforcer.bootNanos());
            }
            refused = before;
            if (before > expiry + patience) {
                throw new IllegalStateException(address + " is still denied after its end");
            }
        }
    }

    /// A connected datagram socket asks the same program as a send, and sends nothing.
    static boolean passes(InetSocketAddress to) throws IOException {
        try (var channel = DatagramChannel.open()) {
            channel.connect(to);
            return true;
        } catch (SocketException refused) {
            if (String.valueOf(refused.getMessage()).contains("not permitted")) {
                return false;
            }
            throw refused;
        }
    }
}
