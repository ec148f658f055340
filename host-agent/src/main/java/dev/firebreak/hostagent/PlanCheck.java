package dev.firebreak.hostagent;

import dev.firebreak.hostagent.deny.Refusal;
import dev.firebreak.hostagent.protocol.FromService.Plan;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/// Whether a plan may be looked into at all: not stale, not cut short, not empty, every deny named
/// once.
final class PlanCheck {

    private PlanCheck() {}

    static Optional<Refusal> objection(Plan plan, long highest) {
        if (plan.generation() < highest) {
            return refuse(
                    "stale-generation",
                    "generation "
                            + plan.generation()
                            + " is older than "
                            + highest
                            + ", which this host has seen");
        }
        if (plan.puts() != plan.put().size() || plan.drops() != plan.drop().size()) {
            return refuse(
                    "truncated-plan",
                    "the plan announces "
                            + plan.puts()
                            + " puts and "
                            + plan.drops()
                            + " drops and carries "
                            + plan.put().size()
                            + " and "
                            + plan.drop().size());
        }
        if (plan.put().isEmpty() && plan.drop().isEmpty()) {
            return refuse(
                    "empty-plan", "nothing to put and nothing to drop; empty is never a plan");
        }
        return everyDenyNamedOnce(plan)
                ? Optional.empty()
                : refuse("malformed-plan", "every deny of a plan needs an id, named once");
    }

    private static boolean everyDenyNamedOnce(Plan plan) {
        Set<String> named = new HashSet<>(plan.drop());
        return named.size() == plan.drops()
                && plan.put().stream().allMatch(deny -> deny.id() != null && named.add(deny.id()));
    }

    private static Optional<Refusal> refuse(String code, String sentence) {
        return Optional.of(new Refusal(code, sentence + "; nothing was changed."));
    }
}
