package dev.firebreak.commandside.deployment;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.deployment.DeploymentCommand.DeployWorkload;
import dev.firebreak.commandside.deployment.DeploymentCommand.RetireWorkload;
import dev.firebreak.commandside.guardrail.Facts;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.Permission;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadRetired;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// Where a workload runs, or that it does not.
///
/// A freeze does not reach here: where something runs is a fact and not an action, and a deny has
/// to follow its workload also while automation is frozen.
///
/// What a workload is called decides whether it is protected: only an admin takes a protected one
/// out of its protection, by other labels, another environment or a retirement.
sealed interface Workload {

    int MAX_PLACEMENTS = 1_000;

    Workload UNKNOWN = new Unknown();

    record Unknown() implements Workload {}

    record Deployed(WorkloadDeployed whereabouts) implements Workload {}

    record Retired() implements Workload {}

    static Decision<DeploymentEvent> decide(
            Workload state, DeploymentCommand command, Guardrails guardrails) {
        return switch (command) {
            case DeployWorkload deployment -> deploy(state, deployment, guardrails.facts());
            case RetireWorkload retirement -> retire(state, retirement, guardrails.facts());
        };
    }

    static Workload evolve(Workload state, DeploymentEvent event) {
        return switch (event) {
            case WorkloadDeployed deployed -> new Deployed(deployed);
            case WorkloadRetired _ -> new Retired();
        };
    }

    private static Decision<DeploymentEvent> deploy(
            Workload state, DeployWorkload command, Facts facts) {
        if (Permission.lacks(command.by(), Role.RESPONDER)) {
            return Permission.refused(command.by(), Role.RESPONDER, "say where a workload runs");
        }
        if (command.placements().size() > MAX_PLACEMENTS) {
            return Decision.refused(
                    RefusalCode.TOO_LARGE,
                    "%s would have %d placements; at most %d are kept. Give it a selector, or split"
                            + " it.",
                    command.workload(),
                    command.placements().size(),
                    MAX_PLACEMENTS);
        }
        if (saysTheSame(state, command)) {
            return Decision.stands("%s runs there already.", command.workload());
        }
        var deployed =
                new WorkloadDeployed(
                        command.workload(),
                        command.environment(),
                        command.owner(),
                        command.labels(),
                        command.placements(),
                        command.by().name(),
                        command.at());
        var given = new ArrayList<>(protecting(state, facts));
        given.removeAll(facts.protecting(deployed));
        return given.isEmpty() || !Permission.lacks(command.by(), Role.ADMIN)
                ? Decision.decided(deployed)
                : Decision.refused(
                        RefusalCode.PROTECTED_SCOPE,
                        "%s is protected by %s, and deployed so it no longer would be. Only an"
                                + " admin may do that; nothing was changed.",
                        command.workload(),
                        spoken(given));
    }

    private static List<Scope> protecting(Workload state, Facts facts) {
        return state instanceof Deployed(var known) ? facts.protecting(known) : List.of();
    }

    private static String spoken(List<Scope> scopes) {
        return scopes.stream().map(Scope::toString).collect(Collectors.joining(", "));
    }

    private static boolean saysTheSame(Workload state, DeployWorkload command) {
        return state instanceof Deployed(var known)
                && known.environment().equals(command.environment())
                && known.owner().equals(command.owner())
                && known.labels().equals(command.labels())
                && known.placements().equals(command.placements());
    }

    private static Decision<DeploymentEvent> retire(
            Workload state, RetireWorkload command, Facts facts) {
        if (Permission.lacks(command.by(), Role.RESPONDER)) {
            return Permission.refused(command.by(), Role.RESPONDER, "retire a workload");
        }
        var given = protecting(state, facts);
        if (!given.isEmpty() && Permission.lacks(command.by(), Role.ADMIN)) {
            return Decision.refused(
                    RefusalCode.PROTECTED_SCOPE,
                    "%s is protected by %s, and retired it no longer would be. Only an admin may do"
                            + " that; nothing was changed.",
                    command.workload(),
                    spoken(given));
        }
        return switch (state) {
            case Unknown _ ->
                    Decision.refused(
                            RefusalCode.UNKNOWN_WORKLOAD,
                            "Nobody ever said where %s runs, so it cannot be retired. Check its"
                                    + " name: NAMESPACE/NAME.",
                            command.workload());
            case Deployed _ ->
                    Decision.decided(
                            new WorkloadRetired(
                                    command.workload(),
                                    command.reason(),
                                    command.by().name(),
                                    command.at()));
            case Retired _ -> Decision.stands("%s is retired already.", command.workload());
        };
    }
}
