package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What is cut at the peer or the subject: everything, or some ports and protocols. A port without
/// a protocol means TCP and UDP, since QUIC would otherwise slip past a deny of 443.
public record Ports(List<PortRange> ranges) {

    public static final Ports ALL = new Ports(List.of());

    public static final int MAX_RANGES = 16;

    private static final Pattern ITEM = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?(?:/([a-z]+))?");

    public Ports {
        if (ranges.size() > MAX_RANGES) {
            throw new InvalidTerm("More than %d ranges of ports.".formatted(MAX_RANGES));
        }
        ranges =
                ranges.stream()
                        .distinct()
                        .sorted(
                                Comparator.comparing(PortRange::protocol)
                                        .thenComparingInt(PortRange::from)
                                        .thenComparingInt(PortRange::to))
                        .toList();
    }

    /// Reads `443,5432/tcp,8000-8099/udp,icmp`, or `all`.
    @JsonCreator
    public static Ports parse(String text) {
        if ("all".equals(text)) {
            return ALL;
        }
        var ranges = new ArrayList<PortRange>();
        for (var item : text.split(",", MAX_RANGES + 1)) {
            ranges.addAll(item(item.strip().toLowerCase(Locale.ROOT)));
        }
        return new Ports(ranges);
    }

    public boolean isAll() {
        return ranges.isEmpty();
    }

    private static List<PortRange> item(String item) {
        if ("icmp".equals(item)) {
            return List.of(new PortRange(Protocol.ICMP, 0, PortRange.MAX_PORT));
        }
        var match = ITEM.matcher(item);
        if (!match.matches()) {
            throw notPorts(item);
        }
        var from = Integer.parseInt(match.group(1));
        var to = match.group(2) == null ? from : Integer.parseInt(match.group(2));
        if (from == 0) {
            throw notPorts(item);
        }
        return switch (match.group(3)) {
            case null ->
                    List.of(
                            new PortRange(Protocol.TCP, from, to),
                            new PortRange(Protocol.UDP, from, to));
            case "tcp" -> List.of(new PortRange(Protocol.TCP, from, to));
            case "udp" -> List.of(new PortRange(Protocol.UDP, from, to));
            default -> throw notPorts(item);
        };
    }

    private static InvalidTerm notPorts(String item) {
        return new InvalidTerm(
                "'%s' is not a port: write 443, 5432/tcp, 8000-8099/udp or icmp."
                        .formatted(Words.printable(item)));
    }

    @Override
    @JsonValue
    public String toString() {
        return isAll()
                ? "all"
                : ranges.stream().map(Ports::spelled).collect(Collectors.joining(","));
    }

    private static String spelled(PortRange range) {
        return range.protocol() == Protocol.ICMP
                ? "icmp"
                : range.span() + "/" + range.protocol().name().toLowerCase(Locale.ROOT);
    }
}
