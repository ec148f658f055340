package dev.firebreak.hostagent.kernel;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// One set of maps and attached programs, pinned in a directory of its own. It outlives the agent;
/// a restarted agent adopts it. Two installations beside each other both deny.
final class Installation implements AutoCloseable {

    private static final int LEVEL_MASK = 0;
    private static final int EPOCH = 4;
    private static final int GENERATION = 8;
    private static final int PROBE = 16;
    private static final int O_RDONLY = 0;

    private final Path directory;
    private final Map<String, BpfMap> maps;
    private final Map<Hook, Integer> links;
    private final MemorySegment config;
    private final Slots slots;

    private Installation(Path directory, Map<String, BpfMap> maps, Map<Hook, Integer> links) {
        this.directory = directory;
        this.maps = maps;
        this.links = links;
        this.config = map("config").map();
        this.slots = new Slots(map("slots").map(), map("slots").definition().maxEntries());
    }

    /// Loads and attaches everything. The maps are empty, so an installation that is half made
    /// denies nothing.
    static Installation create(KernelObject object, Path directory, Path cgroupRoot) {
        Map<String, BpfMap> maps = new LinkedHashMap<>();
        Map<Hook, Integer> links = new EnumMap<>(Hook.class);
        int cgroup = Libc.open(cgroupRoot.toString(), O_RDONLY);
        if (cgroup < 0) {
            throw new Unsupported("cannot open cgroup " + cgroupRoot + ": errno " + -cgroup);
        }
        try {
            Files.createDirectories(directory);
            for (MapDefinition definition : object.maps()) {
                var map = new BpfMap(definition, Bpf.createMap(definition));
                maps.put(definition.name(), map);
                Bpf.pin(map.descriptor(), mapPin(directory, definition));
            }
            for (Hook hook : Hook.values()) {
                int program = Bpf.loadProgram(hook, object.program(hook, maps));
                int link = Bpf.createLink(hook, program, cgroup);
                Libc.close(program);
                links.put(hook, link);
                Bpf.pin(link, linkPin(directory, hook));
            }
            return new Installation(directory, maps, links);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Libc.close(cgroup);
        }
    }

    /// Opens the pins of an earlier run. The links are pinned last, in order: with the last, all
    /// are there.
    static Installation adopt(KernelObject object, Path directory) {
        Map<String, BpfMap> maps = new LinkedHashMap<>();
        for (MapDefinition definition : object.maps()) {
            maps.put(
                    definition.name(),
                    new BpfMap(definition, Bpf.pinned(mapPin(directory, definition))));
        }
        Map<Hook, Integer> links = new EnumMap<>(Hook.class);
        for (Hook hook : Hook.values()) {
            links.put(hook, Bpf.pinned(linkPin(directory, hook)));
        }
        return new Installation(directory, maps, links);
    }

    /// Whether all pins are there and every map is laid out as ours: only then can it be adopted or
    /// read.
    static boolean complete(KernelObject object, Path directory) {
        return object.maps().stream().allMatch(map -> isOurs(directory, map))
                && Arrays.stream(Hook.values())
                        .allMatch(hook -> Files.exists(Path.of(linkPin(directory, hook))));
    }

    private static boolean isOurs(Path directory, MapDefinition map) {
        String pin = mapPin(directory, map);
        if (!Files.exists(Path.of(pin))) {
            return false;
        }
        int descriptor = Bpf.pinned(pin);
        try {
            return Bpf.isLaidOut(descriptor, map);
        } finally {
            Libc.close(descriptor);
        }
    }

    Path directory() {
        return directory;
    }

    BpfMap map(String name) {
        BpfMap map = maps.get(name);
        if (map == null) {
            throw new IllegalStateException("no map " + name);
        }
        return map;
    }

    Slots slots() {
        return slots;
    }

    /// Whether every program still hangs on this cgroup.
    boolean attachedTo(long cgroupId) {
        return links.values().stream().allMatch(link -> Bpf.linkedCgroup(link) == cgroupId);
    }

    /// Whether a later run will find it whole.
    boolean pinned() {
        return maps.values().stream().allMatch(map -> exists(mapPin(directory, map.definition())))
                && links.keySet().stream().allMatch(hook -> exists(linkPin(directory, hook)));
    }

    /// Pins again what somebody unpinned: until this process ends its descriptors keep everything,
    /// and only until then.
    void pinAgain() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        maps.values()
                .forEach(map -> pinAgain(map.descriptor(), mapPin(directory, map.definition())));
        links.forEach((hook, link) -> pinAgain(link, linkPin(directory, hook)));
    }

    private static void pinAgain(int descriptor, String pin) {
        if (!exists(pin)) {
            Bpf.pin(descriptor, pin);
        }
    }

    private static boolean exists(String pin) {
        return Files.exists(Path.of(pin));
    }

    void levels(int mask) {
        config.set(JAVA_INT, LEVEL_MASK, mask);
        VarHandle.fullFence();
    }

    int levels() {
        return config.get(JAVA_INT, LEVEL_MASK);
    }

    /// The table that programs no longer write after this call.
    BpfMap flipFlows() {
        int epoch = config.get(JAVA_INT, EPOCH);
        config.set(JAVA_INT, EPOCH, epoch + 1);
        VarHandle.fullFence();
        return map((epoch & 1) == 0 ? "flows_even" : "flows_odd");
    }

    long generation() {
        return config.get(JAVA_LONG, GENERATION);
    }

    void generation(long generation) {
        config.set(JAVA_LONG, GENERATION, generation);
        VarHandle.fullFence();
    }

    /// Calls from this cgroup are refused as ever and not counted; from none with 0.
    void probe(long cgroup) {
        config.set(JAVA_LONG, PROBE, cgroup);
        VarHandle.fullFence();
    }

    /// Takes everything out of the kernel: the last references go with the descriptors.
    void remove() {
        remove(directory);
        close();
    }

    static void remove(Path directory) {
        try (var pins = Files.list(directory)) {
            for (Path pin : pins.toList()) {
                Files.delete(pin);
            }
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Libc.munmap(config);
        slots.close();
        links.values().forEach(Libc::close);
        maps.values().forEach(BpfMap::close);
    }

    private static String mapPin(Path directory, MapDefinition map) {
        return directory.resolve("map_" + map.name()).toString();
    }

    private static String linkPin(Path directory, Hook hook) {
        return directory.resolve("link_" + hook.name().toLowerCase(Locale.ROOT)).toString();
    }
}
