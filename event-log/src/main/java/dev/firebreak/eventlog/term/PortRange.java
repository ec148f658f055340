package dev.firebreak.eventlog.term;

/// Ports of one protocol, both ends included. ICMP has none and is the range 0–65535.
public record PortRange(Protocol protocol, int from, int to) {

    public static final int MAX_PORT = 65_535;

    public PortRange {
        if (from < 0 || to > MAX_PORT || from > to) {
            throw new InvalidTerm("%d-%d is not a range of ports (1-65535).".formatted(from, to));
        }
    }

    /// How a person writes it, without the protocol.
    String span() {
        return from == to ? Integer.toString(from) : from + "-" + to;
    }
}
