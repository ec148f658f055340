/// The denies as the kernel holds them: bpf(2), netlink and cgroups through java.lang.foreign.
/// Start reading at {@link dev.firebreak.hostagent.kernel.KernelEnforcer}.
@NullMarked
package dev.firebreak.hostagent.kernel;

import org.jspecify.annotations.NullMarked;
