package dev.firebreak.hostagent.kernel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What this host is, and whether it can hold denies.
public final class HostFacts {

    private static final int CAP_NET_ADMIN = 12;
    private static final int CAP_SYS_ADMIN = 21;
    private static final int CAP_BPF = 39;
    private static final int MAJOR = 5;
    private static final int MINOR = 8;

    private HostFacts() {}

    public static String kernel() {
        return read("/proc/sys/kernel/osrelease").strip();
    }

    public static String bootId() {
        return BootClock.bootId();
    }

    /// Everything that stands in the way, each with what to do; empty when denies can be held.
    public static List<String> obstacles() {
        List<String> obstacles = new ArrayList<>();
        if (!System.getProperty("os.name").equals("Linux")) {
            return List.of(
                    "this is "
                            + System.getProperty("os.name")
                            + "; denies are held by the Linux kernel only");
        }
        if (!recent(kernel())) {
            obstacles.add(
                    "kernel "
                            + kernel()
                            + " is older than 5.8, which first gave programs the boot clock; upgrade the kernel");
        }
        if (!may(CAP_NET_ADMIN) || !(may(CAP_BPF) || may(CAP_SYS_ADMIN))) {
            obstacles.add(
                    "the agent needs CAP_BPF and CAP_NET_ADMIN (and CAP_SYS_ADMIN to mount bpffs and enter network namespaces); run it as root");
        }
        try {
            Mounts.cgroup2();
        } catch (Unsupported e) {
            obstacles.add(String.valueOf(e.getMessage()));
        }
        return obstacles;
    }

    static void demandCapable() {
        List<String> obstacles = obstacles();
        if (!obstacles.isEmpty()) {
            throw new Unsupported(String.join("; ", obstacles));
        }
    }

    static boolean recent(String kernel) {
        String[] parts = kernel.split("[^0-9]+", 3);
        int major = Integer.parseInt(parts[0]);
        int minor = Integer.parseInt(parts[1]);
        return major > MAJOR || (major == MAJOR && minor >= MINOR);
    }

    private static boolean may(int capability) {
        return read("/proc/self/status")
                .lines()
                .filter(line -> line.startsWith("CapEff:"))
                .map(line -> Long.parseUnsignedLong(line.substring(7).strip(), 16))
                .anyMatch(caps -> (caps >> capability & 1) == 1);
    }

    private static String read(String path) {
        try {
            return Files.readString(Path.of(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
