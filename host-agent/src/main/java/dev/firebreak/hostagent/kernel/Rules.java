package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.RuleKey;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The kernel's table of rules: key → references to slots. Its layout mirrors `struct rule` of the
/// program.
final class Rules {

    private static final ValueLayout.OfLong NETWORK = JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int REF = 12;

    /// A deny's claim on a rule: void once the slot's generation has moved on.
    record Ref(int slot, int generation, int from, int to) {}

    private final BpfMap map;

    Rules(BpfMap map) {
        this.map = map;
    }

    void put(RuleKey key, List<Ref> refs) {
        write(key);
        if (refs.isEmpty()) {
            map.delete();
            return;
        }
        MemorySegment value = map.value();
        value.fill((byte) 0);
        for (int i = 0; i < refs.size(); i++) {
            Ref ref = refs.get(i);
            value.set(JAVA_INT, (long) i * REF, ref.slot());
            value.set(JAVA_INT, (long) i * REF + 4, ref.generation());
            value.set(JAVA_SHORT, (long) i * REF + 8, (short) ref.from());
            value.set(JAVA_SHORT, (long) i * REF + 10, (short) ref.to());
        }
        map.update();
    }

    /// What the kernel really has under this key.
    List<Ref> get(RuleKey key) {
        write(key);
        return map.lookup() ? read(map.value()) : List.of();
    }

    long count() {
        long[] count = {0};
        map.forEach((_, _) -> count[0]++);
        return count[0];
    }

    /// What somebody had changed: rules that were missing or altered, and rules of nobody.
    record Differences(Set<RuleKey> wanted, int strange) {}

    /// Deletes what is not wanted and writes again what is missing or altered.
    Differences repair(Map<RuleKey, List<Ref>> wanted) {
        Map<ByteBuffer, RuleKey> missing = new HashMap<>();
        wanted.keySet().forEach(key -> missing.put(bytes(encoded(key)), key));
        List<byte[]> strange = new ArrayList<>();
        map.forEach((key, value) -> {
            RuleKey known = missing.get(bytes(key));
            if (known == null) {
                strange.add(key.toArray(JAVA_BYTE));
            } else if (read(value).equals(wanted.get(known))) {
                missing.remove(bytes(key));
            }
        });
        for (byte[] key : strange) {
            MemorySegment.copy(key, 0, map.key(), JAVA_BYTE, 0, key.length);
            map.delete();
        }
        missing.values().forEach(key -> put(key, wanted.getOrDefault(key, List.of())));
        return new Differences(Set.copyOf(missing.values()), strange.size());
    }

    private MemorySegment encoded(RuleKey key) {
        write(key);
        return map.key();
    }

    private static ByteBuffer bytes(MemorySegment key) {
        return ByteBuffer.wrap(key.toArray(JAVA_BYTE));
    }

    private void write(RuleKey key) {
        MemorySegment k = map.key();
        k.fill((byte) 0);
        k.set(JAVA_LONG, 0, key.handle());
        Prefix peer = key.peer();
        k.set(NETWORK, 8, peer.high());
        k.set(NETWORK, 16, peer.low());
        k.set(JAVA_SHORT, 24, (short) key.port());
        k.set(JAVA_BYTE, 26, (byte) key.protocol().code());
        k.set(JAVA_BYTE, 27, (byte) peer.length());
        k.set(JAVA_BYTE, 28, (byte) key.view().code());
        k.set(JAVA_BYTE, 29, (byte) (key.exactPort() ? 1 : 0));
    }

    private static List<Ref> read(MemorySegment value) {
        List<Ref> refs = new ArrayList<>();
        for (int i = 0; i < RuleKey.MOST_SHARED; i++) {
            int generation = value.get(JAVA_INT, (long) i * REF + 4);
            if (generation == 0) {
                break;
            }
            refs.add(
                    new Ref(
                            value.get(JAVA_INT, (long) i * REF),
                            generation,
                            Short.toUnsignedInt(value.get(JAVA_SHORT, (long) i * REF + 8)),
                            Short.toUnsignedInt(value.get(JAVA_SHORT, (long) i * REF + 10))));
        }
        return refs;
    }
}
