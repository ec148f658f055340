package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.enforcerconnectors.enforcer.Capabilities;
import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.enforcerconnectors.hostagent.ServiceFrame.PortSpan;
import dev.firebreak.enforcerconnectors.hostagent.ServiceFrame.Whom;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.PortRange;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.segmentation.DesiredDeny;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Desired denies in the host agent's words. What those cannot say exactly is refused with a
/// reason, never widened and never narrowed.
final class HostAgentPolicy {

    /// Subjects, peers and port ranges of one deny; more would not fit into one frame.
    static final int MAX_PARTS = 12_000;

    static final Capabilities CAPABILITIES =
            new Capabilities(
                    true,
                    true,
                    true,
                    false,
                    false,
                    true,
                    "A packet that the kernel program denies is gone, whatever other firewalls allow.",
                    List.of(
                            "A process with CAP_NET_RAW can still send through a packet socket, and"
                                    + " hide a few bytes in IPv6 neighbour discovery and in TCP"
                                    + " resets, which pass.",
                            "A socket that was made before its process moved into the cgroup keeps"
                                    + " the cgroup it was born in.",
                            "Names and routes of applications are not seen, only addresses and"
                                    + " ports."));

    private HostAgentPolicy() {}

    static Translation translate(DesiredDeny desired, Instant now) {
        var remaining = Duration.between(now, desired.expiresAt());
        if (desired.effect() != Effect.DENY) {
            return no(desired, "not-a-deny", "A host agent holds denies only.");
        }
        if (desired.subjects().isEmpty()) {
            return no(desired, "no-subject", "There is nobody on this host to cut.");
        }
        if (!remaining.isPositive()) {
            return no(desired, "already-over", "Its time was up before it could be sent.");
        }
        if (parts(desired) > MAX_PARTS) {
            return no(
                    desired,
                    "too-large",
                    "It names %d subjects, peers and ports together; a host agent is told at most %d."
                            .formatted(parts(desired), MAX_PARTS));
        }
        return new Translation.Expressed(deny(desired, remaining));
    }

    private static ServiceFrame.Deny deny(DesiredDeny desired, Duration remaining) {
        return new ServiceFrame.Deny(
                desired.containment().value(),
                roundedUp(remaining),
                desired.subjects().stream().map(HostAgentPolicy::whom).toList(),
                desired.direction().name().toLowerCase(Locale.ROOT),
                desired.peers().stream().map(CidrBlock::value).toList(),
                desired.ports().ranges().stream().map(HostAgentPolicy::ports).toList());
    }

    private static Whom whom(Subject subject) {
        return switch (subject) {
            case Subject.WholeHost _ -> new Whom(true, null);
            case Subject.Cgroup(var path) -> new Whom(null, path.value());
        };
    }

    private static PortSpan ports(PortRange range) {
        return new PortSpan(
                range.protocol().name().toLowerCase(Locale.ROOT), range.from(), range.to());
    }

    /// A deny may end a millisecond late, never early.
    private static long roundedUp(Duration remaining) {
        return remaining.plusNanos(999_999).toMillis();
    }

    private static int parts(DesiredDeny desired) {
        return desired.subjects().size() + desired.peers().size() + desired.ports().ranges().size();
    }

    private static Translation no(DesiredDeny desired, String code, String sentence) {
        return new Translation.Inexpressible(DenyId.of(desired.containment()), code, sentence);
    }
}
