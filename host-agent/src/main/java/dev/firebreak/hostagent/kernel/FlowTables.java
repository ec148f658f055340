package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.firebreak.hostagent.deny.Flow;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.View;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Denied flows as the kernel counts them, in two tables: while programs write one, the other is at
/// rest and can be emptied without losing a packet. Which deny a flow belongs to is remembered by
/// its slot's generation.
final class FlowTables {

    private static final ValueLayout.OfLong NETWORK = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int MOST_NAMES = 131_072;
    static final String UNKNOWN = "unknown";

    private final Installation installation;
    private BpfMap atRest;
    private final Map<Integer, String> names =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Integer, String> eldest) {
                    return size() > MOST_NAMES;
                }
            };

    FlowTables(Installation installation) {
        this.installation = installation;
        this.atRest = installation.flipFlows();
    }

    void name(int generation, String deny) {
        names.put(generation, deny);
    }

    /// Empties the table at rest, then lets programs write it and rests the other.
    List<Flow> drain(long now) {
        List<Flow> flows = new ArrayList<>();
        List<byte[]> keys = new ArrayList<>();
        atRest.forEach((key, value) -> {
            flows.add(read(key, value, now));
            keys.add(key.toArray(JAVA_BYTE));
        });
        for (byte[] key : keys) {
            MemorySegment.copy(key, 0, atRest.key(), JAVA_BYTE, 0, key.length);
            atRest.delete();
        }
        atRest = installation.flipFlows();
        return flows;
    }

    private Flow read(MemorySegment key, MemorySegment value, long now) {
        return new Flow(
                names.getOrDefault(key.get(JAVA_INT, 20), UNKNOWN),
                View.of(key.get(JAVA_BYTE, 27)),
                key.get(JAVA_BYTE, 26) & 0xff,
                new Prefix(key.get(NETWORK, 0), key.get(NETWORK, 8), Prefix.BITS),
                Short.toUnsignedInt(key.get(JAVA_SHORT, 24)),
                value.get(JAVA_LONG, 0),
                value.get(JAVA_LONG, 8),
                Duration.ofNanos(Math.max(0, now - value.get(JAVA_LONG, 16))),
                Duration.ofNanos(Math.max(0, now - value.get(JAVA_LONG, 24))));
    }
}
