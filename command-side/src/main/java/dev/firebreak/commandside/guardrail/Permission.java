package dev.firebreak.commandside.guardrail;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Role;

/// Who may not, in one wording. Every decider asks by the role that the responder holds now.
public final class Permission {

    private Permission() {}

    public static boolean lacks(Responder by, Role needed) {
        return !by.role().mayActAs(needed);
    }

    /// What somebody without the needed role hears; `doing` is a verb: `release a containment`.
    public static <E extends Event> Decision<E> refused(Responder by, Role needed, String doing) {
        return Decision.refused(RefusalCode.NOT_PERMITTED, "%s", sentence(by, needed, doing));
    }

    /// The same where there is nothing to decide: something is only to be looked at.
    public static Outcome.Refused unseen(Responder by, Role needed, String doing) {
        return new Outcome.Refused(RefusalCode.NOT_PERMITTED, sentence(by, needed, doing));
    }

    private static String sentence(Responder by, Role needed, String doing) {
        return "%s is %s and may not %s: that takes %s. Ask one to do it; an admin can change your role."
                .formatted(by.name(), Guardrails.with(by.role()), doing, Guardrails.with(needed));
    }

    public static <E extends Event> Decision<E> frozen(Responder by) {
        return Decision.refused(
                RefusalCode.AUTOMATION_FROZEN,
                "Automation is frozen, so %s may not do this. A person still can; an approver ends"
                        + " the freeze with: freeze off.",
                by.name());
    }
}
