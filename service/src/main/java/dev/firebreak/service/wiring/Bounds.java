package dev.firebreak.service.wiring;

import dev.firebreak.commandside.guardrail.Facts;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.Limits;
import dev.firebreak.service.start.CannotStart;

/// The guardrails as the settings have them.
final class Bounds {

    private Bounds() {}

    static Guardrails guardrails(Settings settings, Facts facts) {
        var limits = settings.limits();
        try {
            return new Guardrails(
                    limits(limits.responder(), Guardrails.DEFAULT_RESPONDER),
                    limits(limits.approver(), Guardrails.DEFAULT_APPROVER),
                    limits(limits.admin(), Guardrails.DEFAULT_APPROVER),
                    settings.approvalWindow(),
                    facts);
        } catch (IllegalArgumentException invalid) {
            throw new CannotStart(
                    "The settings under firebreak.limits do not fit together. "
                            + invalid.getMessage());
        }
    }

    private static dev.firebreak.commandside.guardrail.Limits limits(
            Settings.RoleLimits set, Limits otherwise) {
        return new Limits(
                set.shortest().orElse(otherwise.shortest()),
                set.longest().orElse(otherwise.longest()),
                set.members().orElse(otherwise.members()),
                set.share().orElse(otherwise.share()),
                set.shareCountsAbove().orElse(otherwise.shareCountsAbove()));
    }
}
