package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.PortRange;
import dev.firebreak.eventlog.term.Ports;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a host will not cut, whoever asks, as its agent said when it connected. The agent judges by
/// the same rules, and has the last word.
final class HostLaw {
    private static final int MAX_NAMED = 5;

    private final List<Lifeline> lifelines;

    HostLaw(List<String> neverDeny) {
        this.lifelines = neverDeny.stream().map(Lifeline::of).toList();
    }

    /// What it has against holding this part, or would leave open of it; follows on "but".
    Optional<String> objection(Part part, Ports ports) {
        var touching =
                lifelines.stream().filter(line -> line.touches(part.peers(), ports)).toList();
        if (touching.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                isSwallowed(part, ports)
                        ? "it will refuse this, because nothing but %s would be cut, which this host never denies"
                                .formatted(named(touching))
                        : "not for %s, which this host never denies".formatted(named(touching)));
    }

    /// Every peer with every port is on the list: one of them that is not is cut.
    private boolean isSwallowed(Part part, Ports ports) {
        var ranges = each(ports).toList();
        return !part.peers().isEmpty()
                && part.peers().stream()
                        .allMatch(peer ->
                                ranges.stream().allMatch(range -> isSwallowed(peer, range)));
    }

    private boolean isSwallowed(CidrBlock peer, Ports range) {
        return lifelines.stream().anyMatch(line -> line.swallows(peer, range));
    }

    private static Stream<Ports> each(Ports ports) {
        return ports.isAll()
                ? Stream.of(ports)
                : ports.ranges().stream().map((PortRange range) -> new Ports(List.of(range)));
    }

    private static String named(List<Lifeline> lifelines) {
        var names =
                lifelines.stream()
                        .limit(MAX_NAMED)
                        .map(Lifeline::line)
                        .collect(Collectors.joining(", "));
        return lifelines.size() > MAX_NAMED
                ? "%s and %d more".formatted(names, lifelines.size() - MAX_NAMED)
                : names;
    }
}
