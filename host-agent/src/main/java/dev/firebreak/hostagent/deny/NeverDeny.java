package dev.firebreak.hostagent.deny;

import static dev.firebreak.hostagent.deny.Malformed.require;

import java.util.List;
import java.util.Locale;

/// A lifeline: a peer, or some ports of it, that this host refuses to cut, whoever asks.
public record NeverDeny(Prefix peer, PortRange range) {

    /// Reads `10.0.0.5`, `10.0.0.0/24`, `10.0.0.5 8443/tcp`, `2001:db8::1 5000-5010/udp` or
    /// `10.0.0.5 icmp`.
    public static NeverDeny parse(String line) {
        String[] words = line.strip().split("\\s+", -1);
        require(words.length <= 2, () -> "one address and at most one port per line: " + line);
        return new NeverDeny(
                Prefix.parse(words[0]), words.length == 1 ? PortRange.EVERYTHING : range(words[1]));
    }

    /// One entry a line; `#` begins a comment.
    public static List<NeverDeny> parseAll(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .map(NeverDeny::parse)
                .toList();
    }

    private static PortRange range(String text) {
        if (text.equalsIgnoreCase("icmp")) {
            return new PortRange(Protocol.ICMP, 0, PortRange.LAST_PORT);
        }
        require(
                text.matches("(?i)[0-9]{1,5}(-[0-9]{1,5})?/(tcp|udp)"),
                () -> "not a port: " + text);
        String[] parts = text.split("[-/]", -1);
        Protocol protocol = Protocol.valueOf(parts[parts.length - 1].toUpperCase(Locale.ROOT));
        int from = Integer.parseInt(parts[0]);
        return new PortRange(protocol, from, parts.length == 3 ? Integer.parseInt(parts[1]) : from);
    }

    boolean swallows(Prefix denied, PortRange ports) {
        return peer.contains(denied) && range.contains(ports);
    }

    boolean touches(Prefix denied, PortRange ports) {
        return peer.overlaps(denied) && range.overlaps(ports);
    }

    /// Whether a session runs over this lifeline, whoever opened it.
    public boolean carries(Session session) {
        return peer.contains(session.peer())
                && (range.covers(session.protocol(), session.remotePort())
                        || range.covers(session.protocol(), session.localPort()));
    }

    @Override
    public String toString() {
        if (range.equals(PortRange.EVERYTHING)) {
            return peer.toString();
        }
        if (range.protocol() == Protocol.ICMP) {
            return peer + " icmp";
        }
        String ports = range.single() ? "" + range.from() : range.from() + "-" + range.to();
        return peer + " " + ports + "/" + range.protocol().name().toLowerCase(Locale.ROOT);
    }
}
