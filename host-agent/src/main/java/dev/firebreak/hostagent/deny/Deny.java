package dev.firebreak.hostagent.deny;

import static dev.firebreak.hostagent.deny.Malformed.require;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Sessions that must not be, for a time: subjects × direction × peers × ports. No peers means
/// everyone, no ports means every protocol.
public record Deny(
        String id,
        Duration remaining,
        List<Subject> subjects,
        Direction direction,
        List<Prefix> peers,
        List<PortRange> ports) {

    public static final int LONGEST_ID = 128;

    public Deny {
        require(
                id.matches("[\\x21-\\x7e]{1," + LONGEST_ID + "}"),
                () -> "a deny id must be 1 to 128 printable characters");
        require(remaining.isPositive(), () -> id + " has no time left");
        require(!subjects.isEmpty(), () -> id + " names no subject");
        subjects = List.copyOf(subjects).stream().distinct().toList();
        peers = peers.isEmpty() ? List.of(Prefix.EVERYONE) : peers.stream().distinct().toList();
        ports =
                ports.isEmpty()
                        ? List.of(PortRange.EVERYTHING)
                        : ports.stream().distinct().toList();
    }

    /// Directions and ports are all covered, so nobody needs to know who opened a session.
    public boolean whole() {
        return direction == Direction.BOTH && ports.contains(PortRange.EVERYTHING);
    }

    /// How many rules one of its subjects takes.
    public long entriesOfOne() {
        return (long) direction.views().size() * peers.size() * ports.size();
    }

    /// What the kernel is told, one rule each.
    public List<Entry> entries() {
        return subjects.stream().flatMap(subject -> entries(subject).stream()).toList();
    }

    /// What it is told of one of its subjects.
    public List<Entry> entries(Subject subject) {
        List<Entry> entries = new ArrayList<>();
        for (View view : direction.views()) {
            for (Prefix peer : peers) {
                for (PortRange range : ports) {
                    entries.add(new Entry(subject, view, peer, range, whole()));
                }
            }
        }
        return entries;
    }

    /// Whether a session of one of its subjects falls under it; judged exactly as the kernel
    /// program does.
    public boolean covers(Session session) {
        for (View view : direction.views()) {
            int service = session.servicePort(view);
            boolean covered =
                    ports.stream()
                            .filter(range -> range.covers(session.protocol(), service))
                            .anyMatch(range ->
                                    whole() || !range.reachesClients() || session.mayBe(view));
            if (covered && peers.stream().anyMatch(each -> each.contains(session.peer()))) {
                return true;
            }
        }
        return false;
    }

    public boolean sameRules(Deny other) {
        return subjects.equals(other.subjects)
                && direction == other.direction
                && peers.equals(other.peers)
                && ports.equals(other.ports);
    }

    /// The same for some of its subjects alone.
    public Deny of(List<Subject> some) {
        return new Deny(id, remaining, some, direction, peers, ports);
    }

    public Deny lasting(Duration time) {
        return new Deny(id, time, subjects, direction, peers, ports);
    }

    /// What a reader of the receipt should know: where this enforcer is coarser than the words.
    public List<String> caveats() {
        List<String> caveats = new ArrayList<>();
        boolean packetwise =
                ports.stream().anyMatch(r -> r.protocol() != Protocol.TCP && r.reachesClients());
        if (direction != Direction.BOTH && packetwise) {
            caveats.add(
                    "UDP and ICMP have no opener: a one-way deny also cuts the answers of sessions the"
                            + " other way, where their ports fall into it");
        }
        return caveats;
    }
}
