package dev.firebreak.enforcerconnectors.enforcer;

import dev.firebreak.eventlog.term.CgroupPath;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.segmentation.DesiredDeny;
import java.time.Instant;
import java.util.List;

/// Small denies to speak of.
public final class Denies {

    private Denies() {}

    public static ContainmentId containment(int number) {
        return new ContainmentId("C-%07d".formatted(number));
    }

    public static DenyId id(int number) {
        return DenyId.of(containment(number));
    }

    public static DesiredDeny deny(int number, Instant expiresAt) {
        return new DesiredDeny(
                containment(number),
                Effect.DENY,
                List.of(new Subject.Cgroup(new CgroupPath("/payments/checkout"))),
                Direction.BOTH,
                List.of(CidrBlock.parse("203.0.113.0/24")),
                Ports.parse("443/tcp"),
                expiresAt);
    }

    public static DesiredDeny allow(int number, Instant expiresAt) {
        var deny = deny(number, expiresAt);
        return new DesiredDeny(
                deny.containment(),
                Effect.ALLOW,
                deny.subjects(),
                deny.direction(),
                deny.peers(),
                deny.ports(),
                expiresAt);
    }
}
