package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Subject;
import java.nio.file.Path;

/// Where on this machine an enforcer lives: its name, the cgroup2 mount, the cgroup that is "the
/// host" to it, and the directory for what must not survive a reboot.
public record Placement(String enforcer, Path cgroupMount, Path cgroupRoot, Path runDirectory) {

    public static final Path USUAL_RUN_DIRECTORY = Path.of("/run/firebreak");

    public Placement {
        if (!cgroupRoot.startsWith(cgroupMount)) {
            throw new Unsupported(cgroupRoot + " is not below the cgroup2 mount " + cgroupMount);
        }
    }

    /// The whole machine, wherever its cgroup2 file system is mounted.
    public static Placement wholeMachine(String enforcer) {
        Path mount = Mounts.cgroup2();
        return new Placement(enforcer, mount, mount, USUAL_RUN_DIRECTORY);
    }

    public Placement below(Path root) {
        return new Placement(enforcer, cgroupMount, root, runDirectory);
    }

    public Placement with(Path otherRunDirectory) {
        return new Placement(enforcer, cgroupMount, cgroupRoot, otherRunDirectory);
    }

    /// Where a subject's cgroup is, or would be.
    public Path directory(Subject subject) {
        return switch (subject) {
            case Subject.Host _ -> cgroupRoot;
            case Subject.Cgroup cgroup -> cgroupMount.resolve(cgroup.path().substring(1));
        };
    }

    int rootLevel() {
        return cgroupRoot.getNameCount() - cgroupMount.getNameCount();
    }
}
