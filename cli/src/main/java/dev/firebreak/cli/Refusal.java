package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// Why a plan as it is drawn would be refused, with the codes that the service refuses with.
final class Refusal {

    private Refusal() {}

    static Optional<Stop> of(JsonNode plan) {
        if (!plan.path("protectedBy").isEmpty()) {
            return Optional.of(
                    would(
                            "protected-scope",
                            "it cuts what must never be cut. Leave that out, or narrow it with --to"
                                    + " or --ports."));
        }
        if (plan.path("parts").isEmpty()) {
            return Optional.of(
                    would(
                            "nothing-to-contain",
                            "no enforcer can hold any of it. firebreak enforcers shows which there"
                                    + " are."));
        }
        return Optional.empty();
    }

    private static Stop would(String code, String why) {
        return new Stop(Exit.FAILED, "This would be refused: " + why, code);
    }
}
