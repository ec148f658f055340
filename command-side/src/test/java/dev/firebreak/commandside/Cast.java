package dev.firebreak.commandside;

import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.KnownFacts;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Responder.Kind;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import java.time.Instant;

/// Who acts in the tests, and when.
public final class Cast {

    public static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");

    public static final Responder VERA = person("vera", Role.VIEWER);
    public static final Responder ROB = person("rob", Role.RESPONDER);
    public static final Responder RITA = person("rita", Role.RESPONDER);
    public static final Responder ANN = person("ann", Role.APPROVER);
    public static final Responder ABE = person("abe", Role.APPROVER);
    public static final Responder ADA = person("ada", Role.ADMIN);
    public static final Responder BOT =
            new Responder(new ResponderName("bot"), Role.ADMIN, Kind.AUTOMATION);

    public static final Guardrails GUARDRAILS = Guardrails.defaults(KnownFacts.QUIET);
    public static final Guardrails FROZEN = Guardrails.defaults(KnownFacts.FROZEN);

    private Cast() {}

    public static Responder person(String name, Role role) {
        return new Responder(new ResponderName(name), role, Kind.PERSON);
    }
}
