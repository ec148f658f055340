package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What a stranger with root can do to an enforcer behind its back.
public final class Saboteur {

    private static final int LINK_DETACH = 34;

    private Saboteur() {}

    /// Takes one program off its cgroup; its pin stays.
    public static void detach(Placement placement) {
        int link = Bpf.pinned(link(placement).toString());
        try (var arena = Arena.ofConfined()) {
            MemorySegment attributes = arena.allocate(Bpf.ATTRIBUTES, 8);
            attributes.set(JAVA_INT, 0, link);
            Bpf.demand("detaching a link", LINK_DETACH, attributes);
        } finally {
            Libc.close(link);
        }
    }

    /// Removes one pin; the agent's own descriptor holds on.
    public static void unpin(Placement placement) {
        try {
            Files.delete(link(placement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Deletes everything in one of the enforcer's maps.
    public static void wipe(Placement placement, String name) {
        MapDefinition definition =
                KernelObject.load().maps().stream()
                        .filter(map -> map.name().equals(name))
                        .findFirst()
                        .orElseThrow();
        Path pin = newest(placement).resolve("map_" + name);
        try (var map = new BpfMap(definition, Bpf.pinned(pin.toString()))) {
            List<byte[]> keys = new ArrayList<>();
            map.forEach((key, _) -> keys.add(key.toArray(JAVA_BYTE)));
            for (byte[] key : keys) {
                map.key().copyFrom(MemorySegment.ofArray(key));
                map.delete();
            }
        }
    }

    private static Path link(Placement placement) {
        String hook = Hook.PACKET_OUT.name().toLowerCase(Locale.ROOT);
        return newest(placement).resolve("link_" + hook);
    }

    private static Path newest(Placement placement) {
        return new Pins(Mounts.bpffs(placement.runDirectory()), placement.enforcer())
                .installations()
                .getFirst();
    }
}
