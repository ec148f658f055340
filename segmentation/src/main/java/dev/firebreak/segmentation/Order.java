package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.Comparator;

/// The one order in which things are listed, so that every replica lists them alike.
final class Order {
    static final Comparator<EnforcerName> ENFORCERS =
            Comparator.comparing(EnforcerName::kind).thenComparing(EnforcerName::name);
    static final Comparator<ContainmentId> CONTAINMENTS =
            Comparator.comparing(ContainmentId::value);
    static final Comparator<WorkloadName> WORKLOADS = Comparator.comparing(WorkloadName::toString);
    static final Comparator<CidrBlock> BLOCKS = Comparator.comparing(CidrBlock::value);
    static final Comparator<Subject> SUBJECTS = Comparator.comparing(Order::text);

    private Order() {}

    private static String text(Subject subject) {
        return switch (subject) {
            case Subject.WholeHost _ -> "";
            case Subject.Cgroup(var path) -> path.value();
        };
    }
}
