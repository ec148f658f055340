package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.eventlog.term.PortRange;
import dev.firebreak.eventlog.term.Ports;
import java.util.List;
import java.util.Optional;

/// What a host never denies: a peer, or some of its ports (none of them means all). A line that
/// this release cannot read has no peer, and may run through anything.
record Lifeline(String line, Optional<CidrBlock> peer, List<PortRange> ports) {

    /// Reads `10.0.0.5`, `10.0.0.0/24`, `2001:db8::1 5000-5010/udp` or `10.0.0.5 icmp`.
    static Lifeline of(String line) {
        var words = line.split(" ", 2);
        try {
            var ports = words.length == 1 ? Ports.ALL : Ports.parse(words[1]);
            return new Lifeline(line, Optional.of(CidrBlock.parse(words[0])), ports.ranges());
        } catch (InvalidTerm unread) {
            return new Lifeline(line, Optional.empty(), List.of());
        }
    }

    /// Whether something of what is denied stays open for it; no peers mean everyone.
    boolean touches(List<CidrBlock> peers, Ports denied) {
        var isPeer =
                peers.isEmpty()
                        || peer.stream().allMatch(own -> peers.stream().anyMatch(own::overlaps));
        var arePorts =
                ports.isEmpty()
                        || denied.isAll()
                        || ports.stream()
                                .anyMatch(own ->
                                        denied.ranges().stream()
                                                .anyMatch(range -> overlap(own, range)));
        return isPeer && arePorts;
    }

    /// Whether nothing of this would be left to deny.
    boolean swallows(CidrBlock denied, Ports range) {
        return peer.stream().anyMatch(own -> own.contains(denied))
                && (ports.isEmpty()
                        || (!range.isAll()
                                && range.ranges().stream()
                                        .allMatch(each ->
                                                ports.stream()
                                                        .anyMatch(own -> contains(own, each)))));
    }

    private static boolean overlap(PortRange one, PortRange other) {
        return one.protocol() == other.protocol()
                && one.from() <= other.to()
                && other.from() <= one.to();
    }

    private static boolean contains(PortRange outer, PortRange inner) {
        return outer.protocol() == inner.protocol()
                && outer.from() <= inner.from()
                && inner.to() <= outer.to();
    }
}
