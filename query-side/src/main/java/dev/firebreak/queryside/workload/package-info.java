/// The workloads that were deployed. Start reading at [WorkloadViews].
@NullMarked
package dev.firebreak.queryside.workload;

import org.jspecify.annotations.NullMarked;
