package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Where a workload runs, in the words of whoever can enforce there.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Placement.OnHost.class, name = "cgroup"),
    @JsonSubTypes.Type(value = Placement.Pods.class, name = "pods"),
    @JsonSubTypes.Type(value = Placement.NetworkInterface.class, name = "eni"),
    @JsonSubTypes.Type(value = Placement.Address.class, name = "address")
})
public sealed interface Placement {

    record OnHost(HostName host, CgroupPath cgroup) implements Placement {
        public OnHost {
            need(host, "cgroup", "host");
            need(cgroup, "cgroup", "cgroup");
        }
    }

    record Pods(ClusterName cluster, Labels selector) implements Placement {
        public Pods {
            need(cluster, "pods", "cluster");
            need(selector, "pods", "selector");
        }
    }

    record NetworkInterface(String eni) implements Placement {
        private static final Pattern ID = Pattern.compile("eni-[0-9a-f]{1,17}");

        public NetworkInterface {
            need(eni, "eni", "eni");
            if (!ID.matcher(eni).matches()) {
                throw new InvalidTerm(
                        "'%s' is not a network interface: write eni-0a1b2c."
                                .formatted(Words.printable(eni)));
            }
        }
    }

    /// An address, or a block of its own, that the workload is reached at and speaks from.
    record Address(CidrBlock address) implements Placement {

        private static final int WIDEST = 16;
        private static final int WIDEST_IPV6 = 48;

        public Address {
            need(address, "address", "address");
            if (address.prefixLength() < (address.isV4() ? WIDEST : WIDEST_IPV6)) {
                throw new InvalidTerm(
                        "%s is more than one workload has: at most a /%d, or a /%d of IPv6."
                                .formatted(address, WIDEST, WIDEST_IPV6));
            }
        }
    }

    /// What is read from JSON may lack anything.
    private static void need(@Nullable Object part, String kind, String name) {
        if (part == null) {
            throw new InvalidTerm("A placement of kind '%s' needs '%s'.".formatted(kind, name));
        }
    }
}
