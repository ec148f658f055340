package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where a workload's processes live below the cgroup2 mount: `/payments/checkout`.
public record CgroupPath(@JsonValue String value) {

    public static final int MAX_LENGTH = 1_024;

    @JsonCreator
    public CgroupPath {
        Words.line("cgroup path", value, MAX_LENGTH);
        var parts = value.split("/", -1);
        var absolute = parts.length > 1 && parts[0].isEmpty();
        var plain =
                Arrays.stream(parts)
                        .skip(1)
                        .noneMatch(part -> part.isEmpty() || ".".equals(part) || "..".equals(part));
        if (!absolute || !plain) {
            throw new InvalidTerm(
                    "'%s' is not a cgroup path: write it from the cgroup2 mount, like /payments/checkout."
                            .formatted(Words.printable(value)));
        }
    }

    /// Itself, and every path that it lies below, from the inside out.
    public List<CgroupPath> outwards() {
        var paths = new ArrayList<CgroupPath>();
        for (var end = value.length(); end > 0; end = value.lastIndexOf('/', end - 1)) {
            paths.add(new CgroupPath(value.substring(0, end)));
        }
        return paths;
    }

    /// Whether it is the other one, or lies below it.
    public boolean isWithin(CgroupPath other) {
        return (value + "/").startsWith(other.value + "/");
    }

    /// Whether processes below one are below the other, too: the same path, or one inside the
    /// other.
    public boolean overlaps(CgroupPath other) {
        return isWithin(other) || other.isWithin(this);
    }

    @Override
    public String toString() {
        return value;
    }
}
