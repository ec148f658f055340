package dev.firebreak.service.rest;

import dev.firebreak.commandside.axon.AxonCommands;
import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.Outcome.Accepted;
import dev.firebreak.commandside.command.Outcome.Already;
import dev.firebreak.commandside.command.Outcome.Refused;
import dev.firebreak.commandside.guardrail.Permission;
import dev.firebreak.eventlog.log.LogUnavailable;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.queryside.projection.ViewsUnavailable;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.security.Asking;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/// Takes a command from a request, and answers when what it changed can be read.
@RequestScoped
class Desk {

    /// How long an answer waits for the estate to catch up with its own decision. The decision is
    /// durable either way; only the picture in the answer would be older.
    static final Duration CATCH_UP = Duration.ofSeconds(2);

    private static final Logger LOG = Logger.getLogger(Desk.class);

    private final Commands commands;
    private final AxonCommands decider;
    private final LiveEstate estate;
    private final Asking asking;
    private final Clock clock;

    Desk(Commands commands, AxonCommands decider, LiveEstate estate, Asking asking, Clock clock) {
        this.commands = commands;
        this.decider = decider;
        this.estate = estate;
        this.asking = asking;
        this.clock = clock;
    }

    Responder responder() {
        return asking.responder();
    }

    Instant now() {
        return clock.instant();
    }

    /// Sends it; `answer` makes the body from the target's stream.
    Response send(Command command, Function<String, Object> answer) {
        return switch (ask(command)) {
            case Accepted(var target, _) -> shown(Response.Status.CREATED, target, answer);
            case Already(var target, _) -> shown(Response.Status.OK, target, answer);
            case Refused refused -> Answers.refused(refused);
        };
    }

    /// Sends it, where there is nothing to show afterwards.
    Response send(Command command) {
        return switch (ask(command)) {
            case Accepted _, Already _ -> Response.noContent().build();
            case Refused refused -> Answers.refused(refused);
        };
    }

    /// What was decided stays decided when it cannot be shown.
    private static Response shown(
            Response.Status status, String target, Function<String, Object> answer) {
        try {
            return Response.status(status).entity(answer.apply(target)).build();
        } catch (ViewsUnavailable | LogUnavailable away) {
            LOG.warnf("decided and not shown target=%s: %s", target, away.getMessage());
            return Problem.response(
                    Response.Status.SERVICE_UNAVAILABLE,
                    "decided-not-shown",
                    "It was decided and is durable (%s), but cannot be shown right now. It is being"
                                    .formatted(target)
                            + " carried out; look with status in a moment.");
        }
    }

    /// Shows what only a role may see. Who lacks it is refused, and that is written down.
    Response show(Role needed, String asked, String target, String doing, Supplier<Object> answer) {
        var by = responder();
        if (!Permission.lacks(by, needed)) {
            return Response.ok(answer.get()).build();
        }
        var refused = Permission.unseen(by, needed, doing);
        decider.refused(asked, target, refused, asking.origin(), now());
        return Answers.refused(refused);
    }

    private Outcome ask(Command command) {
        var outcome = commands.send(command, asking.origin());
        if (outcome instanceof Accepted(_, var position)) {
            estate.awaitPosition(position, CATCH_UP);
        }
        return outcome;
    }
}
