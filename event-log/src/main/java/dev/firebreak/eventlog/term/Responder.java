package dev.firebreak.eventlog.term;

/// Who asks: a person, or an automation acting under a name of its own, with the role held at that
/// moment.
public record Responder(ResponderName name, Role role, Kind kind) {

    /// A freeze stops automations, never people.
    public enum Kind {
        PERSON,
        AUTOMATION
    }

    /// Firebreak itself: alarms, sweeps, receipts.
    public static final Responder FIREBREAK =
            new Responder(new ResponderName("firebreak"), Role.ADMIN, Kind.AUTOMATION);
}
