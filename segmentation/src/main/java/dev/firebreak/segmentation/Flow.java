package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Protocol;
import dev.firebreak.eventlog.term.WorkloadName;

/// Traffic that one end opens to the other; `port` is the one it is opened to, 0 for ICMP.
public record Flow(End from, End to, Protocol protocol, int port) {

    /// One end of a flow.
    public sealed interface End {
        record OfWorkload(WorkloadName workload) implements End {}

        /// The host itself: what runs there outside of every known workload.
        record OfHost(HostName host) implements End {}

        record OfAddress(CidrBlock address) implements End {}
    }
}
