package dev.firebreak.bench.append;

import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome.Accepted;
import dev.firebreak.commandside.deployment.DeploymentCommand.DeployWorkload;
import dev.firebreak.commandside.guardrail.Facts;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.SlackUser;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// One client that asks for what then becomes the event: the whole way of a decision.
record CommandClient(Commands commands, Deployments deployments) implements Clients.Client {

    private static final Responder ANN =
            new Responder(Deployments.ANN, Role.RESPONDER, Responder.Kind.PERSON);

    /// Nothing is known beyond the stream that is decided on.
    static final Facts NO_FACTS =
            new Facts() {
                @Override
                public boolean automationFrozen() {
                    return false;
                }

                @Override
                public Set<ResponderName> admins() {
                    return Set.of();
                }

                @Override
                public int cutAlone(ResponderName by, Plan plan, Instant at) {
                    return 0;
                }

                @Override
                public int toGrowAlone(ResponderName by, Plan plan, Instant at) {
                    return 0;
                }

                @Override
                public List<Scope> protecting(WorkloadDeployed deployed) {
                    return List.of();
                }

                @Override
                public Optional<ResponderName> holderOf(SlackUser slackUser) {
                    return Optional.empty();
                }
            };

    @Override
    public void ask() {
        var number = deployments.nextNumber();
        var command =
                new DeployWorkload(
                        new WorkloadName("payments", "w-" + number),
                        Deployments.ENVIRONMENT,
                        "payments",
                        Deployments.LABELS,
                        Deployments.places(number),
                        ANN,
                        Instant.now());
        var origin = new Origin(ANN, Surface.REST, UUID.randomUUID(), "bench-" + number);
        var outcome = commands.send(command, origin);
        if (!(outcome instanceof Accepted)) {
            throw new IllegalStateException(outcome.toString());
        }
    }
}
