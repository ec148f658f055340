package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.ScopeKinds;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What came of drawing up a plan.
public sealed interface Drawing {

    /// The plan, and the containment it would be: the open one if this is asked for already. A plan
    /// without parts cuts nothing, and its gaps say why.
    record DrawnPlan(ContainmentId containment, Plan plan, Map<EnforcerName, String> laws)
            implements Drawing {
        public DrawnPlan {
            laws = Map.copyOf(laws);
        }
    }

    /// The ask names a workload that was never deployed, or was retired.
    record UnknownWorkload(WorkloadName asked, List<String> closest) implements Drawing {
        public UnknownWorkload {
            closest = List.copyOf(closest);
        }

        public String sentence() {
            var meant = ScopeKinds.meant(asked.toString()).stream();
            return "There is no workload %s.%s"
                    .formatted(
                            asked,
                            Closest.question(Stream.concat(meant, closest.stream()).toList()));
        }
    }
}
