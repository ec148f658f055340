package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.regex.Pattern;

/// Where a workload runs, in the words of whoever can enforce there.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Placement.OnHost.class, name = "cgroup"),
    @JsonSubTypes.Type(value = Placement.Pods.class, name = "pods"),
    @JsonSubTypes.Type(value = Placement.NetworkInterface.class, name = "eni"),
    @JsonSubTypes.Type(value = Placement.Address.class, name = "address")
})
public sealed interface Placement {

    record OnHost(HostName host, CgroupPath cgroup) implements Placement {}

    record Pods(ClusterName cluster, Labels selector) implements Placement {}

    record NetworkInterface(String eni) implements Placement {
        private static final Pattern ID = Pattern.compile("eni-[0-9a-f]{1,17}");

        public NetworkInterface {
            if (!ID.matcher(eni).matches()) {
                throw new InvalidTerm(
                        "'%s' is not a network interface: write eni-0a1b2c."
                                .formatted(Words.printable(eni)));
            }
        }
    }

    /// An address that the workload is reached at and speaks from.
    record Address(CidrBlock address) implements Placement {}
}
