package dev.firebreak.commandside.guardrail;

import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What bounds every decision: limits by role, how long a second person has to say yes, and the
/// facts that lie beyond the stream being decided on.
public record Guardrails(
        Limits responder, Limits approver, Limits admin, Duration approvalWindow, Facts facts) {

    public static final Duration DEFAULT_APPROVAL_WINDOW = Duration.ofMinutes(10);

    public static final Limits DEFAULT_RESPONDER =
            new Limits(Duration.ofMinutes(1), Duration.ofHours(4), 5, 0.10, 2);

    public static final Limits DEFAULT_APPROVER =
            new Limits(Duration.ofMinutes(1), Duration.ofHours(24), 25, 0.25, 2);

    public Guardrails {
        if (!approver.covers(responder) || !admin.covers(approver)) {
            throw new IllegalArgumentException(
                    "A higher role must not be bound more tightly than a lower one: "
                            + "responder %s, approver %s, admin %s."
                                    .formatted(responder, approver, admin));
        }
        if (approvalWindow.compareTo(Duration.ofSeconds(10)) < 0
                || approvalWindow.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException(
                    "The time for an approval lies between 10s and 1d, not "
                            + approvalWindow
                            + ".");
        }
    }

    public static Guardrails defaults(Facts facts) {
        return new Guardrails(
                DEFAULT_RESPONDER,
                DEFAULT_APPROVER,
                DEFAULT_APPROVER,
                DEFAULT_APPROVAL_WINDOW,
                facts);
    }

    public Limits limits(Role role) {
        return switch (role) {
            // A viewer is turned away before any limit is looked at.
            case VIEWER, RESPONDER -> responder;
            case APPROVER -> approver;
            case ADMIN -> admin;
        };
    }

    /// Why this plan needs a second person's yes when this responder asks, as half a sentence;
    /// nothing when it does not. What they have cut off alone counts, too, or a hundred small plans
    /// would be a large one that nobody said yes to. Also for showing it before anybody asks.
    public Optional<String> approvalNeeded(Plan plan, Responder by, Instant at) {
        var alone = approvalNeeded(plan.reach(), by.role());
        var others = alone.isPresent() ? 0 : facts.cutAlone(by.name(), plan, at);
        return others == 0
                ? alone
                : approvalNeeded(with(plan.reach(), others), by.role())
                        .map(why ->
                                "together with the %d that %s has cut off alone already, %s"
                                        .formatted(others, by.name(), why));
    }

    private static Reach with(Reach reach, int others) {
        var members = reach.members() + others;
        return new Reach(members, Math.max(members, reach.fleet()), List.of(), List.of());
    }

    /// Why this reach needs a second person's yes when this role decides, as half a sentence;
    /// nothing when it does not.
    public Optional<String> approvalNeeded(Reach reach, Role role) {
        return limits(role)
                .beyond(reach)
                .map(why -> why + " that " + with(role) + " may cut off alone");
    }

    /// How many members a containment may come to have that this responder decides on alone: what
    /// was looked at, and beyond it no more than is left of what they may cut off alone and no
    /// other of theirs may grow to.
    public int atMost(Plan plan, Responder by, Instant at) {
        var reach = plan.reach();
        var left =
                limits(by.role()).alone(reach.fleet())
                        - facts.cutAlone(by.name(), plan, at)
                        - facts.toGrowAlone(by.name(), plan, at);
        return Math.max(reach.members(), left);
    }

    /// The same, where the one who decides is not the one who asked.
    public int atMost(Reach reach, Role role) {
        return Math.max(reach.members(), limits(role).alone(reach.fleet()));
    }

    /// Whether the freeze switch holds this one back: it does automations, people never.
    public boolean holdBack(Responder by) {
        return by.kind() == Responder.Kind.AUTOMATION && facts.automationFrozen();
    }

    /// Whether this role may order that much time.
    public boolean lets(Role role, Duration time) {
        return time.compareTo(limits(role).longest()) <= 0;
    }

    /// The role with its article: `an admin`.
    public static String with(Role role) {
        var name = role.name().toLowerCase(Locale.ROOT);
        return ("aeiou".indexOf(name.charAt(0)) >= 0 ? "an " : "a ") + name;
    }

    /// No deny of any role goes on beyond this, however often it is extended.
    public static final Duration LONGEST_LIFE = Ttl.LONGEST;
}
