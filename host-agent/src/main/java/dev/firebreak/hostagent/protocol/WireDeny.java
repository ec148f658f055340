package dev.firebreak.hostagent.protocol;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Malformed;
import dev.firebreak.hostagent.deny.PortRange;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.Protocol;
import dev.firebreak.hostagent.deny.Subject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A deny as it travels. Anything may be missing here; {@link #read} accepts only what makes sense.
public record WireDeny(
        @Nullable String id,
        long remainingMillis,
        @Nullable List<WireSubject> subjects,
        @Nullable String direction,
        @Nullable List<String> peers,
        @Nullable List<WirePorts> ports) {

    private static final int MOST_ITEMS = 4_096;

    /// Either `host: true` or a cgroup path, never both.
    public record WireSubject(boolean host, @Nullable String cgroup) {

        private Subject read() {
            if (host == (cgroup != null)) {
                throw new Malformed("a subject is either the host or one cgroup");
            }
            return cgroup == null ? new Subject.Host() : new Subject.Cgroup(cgroup);
        }
    }

    /// Without `from` every port; without `to` the one port.
    public record WirePorts(
            @Nullable String protocol, @Nullable Integer from, @Nullable Integer to) {

        private PortRange read() {
            Protocol known =
                    switch (protocol) {
                        case "tcp" -> Protocol.TCP;
                        case "udp" -> Protocol.UDP;
                        case "icmp" -> Protocol.ICMP;
                        case null, default -> throw new Malformed("protocol " + protocol);
                    };
            int first = from == null ? 0 : from;
            int last = to != null ? to : from == null ? PortRange.LAST_PORT : first;
            return new PortRange(known, first, last);
        }
    }

    /// The deny that is meant, or {@link Malformed}.
    public Deny read() {
        if (id == null) {
            throw new Malformed("a deny without id");
        }
        return new Deny(
                id,
                Duration.ofMillis(remainingMillis),
                items(subjects).stream().map(WireSubject::read).toList(),
                readDirection(),
                items(peers).stream().map(Prefix::parse).toList(),
                items(ports).stream().map(WirePorts::read).toList());
    }

    public static WireDeny of(Deny deny) {
        return new WireDeny(
                deny.id(),
                deny.remaining().toMillis(),
                deny.subjects().stream().map(WireDeny::wire).toList(),
                deny.direction().name().toLowerCase(Locale.ROOT),
                deny.peers().contains(Prefix.EVERYONE)
                        ? List.of()
                        : deny.peers().stream().map(Prefix::toString).toList(),
                deny.ports().contains(PortRange.EVERYTHING)
                        ? List.of()
                        : deny.ports().stream().map(WireDeny::wire).toList());
    }

    private Direction readDirection() {
        return switch (direction) {
            case "ingress" -> Direction.INGRESS;
            case "egress" -> Direction.EGRESS;
            case "both" -> Direction.BOTH;
            case null, default -> throw new Malformed("direction " + direction);
        };
    }

    private static <T> List<T> items(@Nullable List<T> list) {
        if (list == null) {
            return List.of();
        }
        if (list.size() > MOST_ITEMS || list.stream().anyMatch(Objects::isNull)) {
            throw new Malformed("a list of " + list.size() + " items");
        }
        return list;
    }

    private static WireSubject wire(Subject subject) {
        return switch (subject) {
            case Subject.Host _ -> new WireSubject(true, null);
            case Subject.Cgroup cgroup -> new WireSubject(false, cgroup.path());
        };
    }

    private static WirePorts wire(PortRange range) {
        String protocol = range.protocol().name().toLowerCase(Locale.ROOT);
        return range.everyPort()
                ? new WirePorts(protocol, null, null)
                : new WirePorts(protocol, range.from(), range.to());
    }
}
