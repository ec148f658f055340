package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.firebreak.hostagent.deny.NeverDeny;
import dev.firebreak.hostagent.deny.PortRange;
import dev.firebreak.hostagent.deny.Prefix;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The never-deny list in the kernel. The longest prefix is found alone, so each carries what wider
/// ones allow.
final class Lifelines {

    private static final ValueLayout.OfLong NETWORK = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int PAD_BITS = 32;
    private static final int MOST_RANGES = 8;
    private static final int RANGE = 6;

    private final BpfMap map;

    Lifelines(BpfMap map) {
        this.map = map;
    }

    static void check(List<NeverDeny> list) {
        for (NeverDeny each : list) {
            if (ranges(each.peer(), list).size() > MOST_RANGES) {
                throw new Unsupported(
                        "never-deny: more than "
                                + MOST_RANGES
                                + " port ranges for "
                                + each.peer()
                                + "; name the whole peer");
            }
        }
    }

    /// Adds first and removes after: a lifeline that stays is never open to a deny in between.
    void replace(List<NeverDeny> list) {
        check(list);
        Set<Prefix> wanted = new HashSet<>();
        for (NeverDeny each : list) {
            if (wanted.add(each.peer())) {
                put(each.peer(), ranges(each.peer(), list));
            }
        }
        Set<Prefix> stale = new HashSet<>();
        map.forEachKey(key -> stale.add(prefix(key)));
        stale.removeAll(wanted);
        for (Prefix each : stale) {
            key(each);
            map.delete();
        }
    }

    /// Puts right what somebody changed; answers how many lifelines differed.
    int repair(List<NeverDeny> list) {
        Map<Prefix, ByteBuffer> wanted = new HashMap<>();
        for (NeverDeny each : list) {
            wanted.put(each.peer(), ByteBuffer.wrap(encoded(ranges(each.peer(), list))));
        }
        Set<Prefix> differing = new HashSet<>(wanted.keySet());
        map.forEach((key, value) -> {
            Prefix peer = prefix(key);
            ByteBuffer there = ByteBuffer.wrap(value.toArray(JAVA_BYTE));
            if (there.equals(wanted.get(peer))) {
                differing.remove(peer);
            } else {
                differing.add(peer);
            }
        });
        if (!differing.isEmpty()) {
            replace(list);
        }
        return differing.size();
    }

    private static List<PortRange> ranges(Prefix peer, List<NeverDeny> list) {
        return list.stream()
                .filter(each -> each.peer().contains(peer))
                .map(NeverDeny::range)
                .distinct()
                .toList();
    }

    private void put(Prefix peer, List<PortRange> ranges) {
        key(peer);
        write(map.value(), ranges);
        map.update();
    }

    private byte[] encoded(List<PortRange> ranges) {
        write(map.value(), ranges);
        return map.value().toArray(JAVA_BYTE);
    }

    private static void write(MemorySegment value, List<PortRange> ranges) {
        value.fill((byte) 0);
        value.set(JAVA_INT, 0, ranges.size());
        for (int i = 0; i < ranges.size(); i++) {
            long at = 4 + (long) i * RANGE;
            value.set(JAVA_SHORT, at, (short) ranges.get(i).from());
            value.set(JAVA_SHORT, at + 2, (short) ranges.get(i).to());
            value.set(JAVA_BYTE, at + 4, (byte) ranges.get(i).protocol().code());
        }
    }

    private void key(Prefix peer) {
        map.key().fill((byte) 0);
        map.key().set(JAVA_INT, 0, PAD_BITS + peer.length());
        map.key().set(NETWORK, 8, peer.high());
        map.key().set(NETWORK, 16, peer.low());
    }

    private static Prefix prefix(MemorySegment key) {
        return new Prefix(
                key.get(NETWORK, 8), key.get(NETWORK, 16), key.get(JAVA_INT, 0) - PAD_BITS);
    }
}
