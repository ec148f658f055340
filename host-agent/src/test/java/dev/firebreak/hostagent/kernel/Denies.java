package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.PortRange;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.Protocol;
import dev.firebreak.hostagent.deny.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Small denies for tests.
final class Denies {

    static final Duration LONG = Duration.ofMinutes(10);

    private Denies() {}

    static Deny deny(
            String id, Subject subject, Direction direction, String peer, PortRange... ports) {
        return new Deny(
                id,
                LONG,
                List.of(subject),
                direction,
                peer.isEmpty() ? List.of() : List.of(Prefix.parse(peer)),
                List.of(ports));
    }

    static Subject cgroup(Path mount, Path cgroup) {
        return new Subject.Cgroup("/" + mount.relativize(cgroup));
    }

    static PortRange tcp(int port) {
        return new PortRange(Protocol.TCP, port, port);
    }

    static PortRange tcp(int from, int to) {
        return new PortRange(Protocol.TCP, from, to);
    }

    static PortRange udp(int port) {
        return new PortRange(Protocol.UDP, port, port);
    }
}
