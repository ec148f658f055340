package dev.firebreak.hostagent.deny;

import static dev.firebreak.hostagent.deny.Malformed.require;

/// A protocol and the service ports of it, ends included.
public record PortRange(Protocol protocol, int from, int to) {

    public static final int LAST_PORT = 65535;

    /// Ports from here on are handed out to clients; below it a port is taken to be a service.
    public static final int FIRST_EPHEMERAL = 32768;

    public static final PortRange EVERYTHING = new PortRange(Protocol.ANY, 0, LAST_PORT);

    public PortRange {
        require(0 <= from && from <= to && to <= LAST_PORT, () -> "ports " + from + "-" + to);
        boolean portless = protocol == Protocol.ANY || protocol == Protocol.ICMP;
        require(
                !portless || (from == 0 && to == LAST_PORT),
                () -> protocol + " has no ports; leave them out");
    }

    public boolean single() {
        return from == to;
    }

    public boolean everyPort() {
        return from == 0 && to == LAST_PORT;
    }

    boolean reachesClients() {
        return to >= FIRST_EPHEMERAL;
    }

    public boolean covers(Protocol other, int port) {
        return (protocol == Protocol.ANY || protocol == other) && from <= port && port <= to;
    }

    boolean contains(PortRange other) {
        return (protocol == Protocol.ANY || protocol == other.protocol)
                && from <= other.from
                && other.to <= to;
    }

    boolean overlaps(PortRange other) {
        boolean sameProtocol =
                protocol == Protocol.ANY
                        || other.protocol == Protocol.ANY
                        || protocol == other.protocol;
        return sameProtocol && from <= other.to && other.from <= to;
    }
}
