package dev.firebreak.bench.kernel;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Held;
import dev.firebreak.hostagent.deny.PortRange;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.Protocol;
import dev.firebreak.hostagent.deny.Subject;
import dev.firebreak.hostagent.kernel.HostFacts;
import dev.firebreak.hostagent.kernel.KernelEnforcer;
import dev.firebreak.hostagent.kernel.Placement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Denies that hurt nobody: of the whole host, towards loopback addresses that nobody uses.
final class Denies {

    /// Beside any real enforcer of this machine, with pins of its own.
    private static final String ENFORCER = "host/firebreak-bench";

    static final int PORT = 9;

    private Denies() {}

    /// Why nothing can be measured here; empty when it can.
    static Optional<String> obstacle() {
        var obstacles = HostFacts.obstacles();
        return obstacles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", obstacles));
    }

    static KernelEnforcer enforcer() {
        return KernelEnforcer.open(Placement.wholeMachine(ENFORCER));
    }

    /// UDP to the discard port of `127.77.x.y`.
    static Deny udp(int number, Duration remaining) {
        return new Deny(
                "bench-" + number,
                remaining,
                List.of(new Subject.Host()),
                Direction.EGRESS,
                List.of(Prefix.parse(address(number))),
                List.of(new PortRange(Protocol.UDP, PORT, PORT)));
    }

    static String address(int number) {
        return "127.77.%d.%d".formatted(number >> 8 & 0xff, number & 0xff);
    }

    static void demand(Held held) {
        if (held.state() != Held.State.HELD) {
            throw new IllegalStateException("not held: " + held);
        }
    }
}
