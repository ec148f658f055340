package dev.firebreak.hostagent;

import dev.firebreak.hostagent.deny.RuleKey;
import dev.firebreak.hostagent.deny.Shape;
import java.util.List;
import java.util.Map;

/// What this enforcer can express, and what it cannot hold: said in every hello.
final class Capabilities {

    static final String VERSION = "0.1.0";

    private Capabilities() {}

    static Map<String, Object> all() {
        return Map.of(
                "subjects", List.of("host", "cgroup"),
                "directions", List.of("ingress", "egress", "both"),
                "protocols", List.of("tcp", "udp", "icmp", "any"),
                "families", List.of("ipv4", "ipv6"),
                "portRanges", true,
                "endsSessions", List.of("tcp", "udp"),
                "expiresByItself", true,
                "shapesPerSubject", Shape.MOST_PER_VIEW,
                "deniesPerRule", RuleKey.MOST_SHARED,
                "cannotHold", cannotHold());
    }

    static List<String> cannotHold() {
        return List.of(
                "packets of AF_PACKET sockets (CAP_NET_RAW)",
                "what a raw socket (CAP_NET_RAW) hides in IPv6 neighbour discovery and in TCP resets"
                        + " without payload, which pass",
                "fragments and own IP headers of raw sockets, where ports are denied",
                "sockets born before their process entered the cgroup keep the cgroup of their birth: their"
                        + " new calls are denied, their packets are not");
    }
}
