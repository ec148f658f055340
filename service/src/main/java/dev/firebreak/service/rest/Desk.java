package dev.firebreak.service.rest;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.Outcome.Accepted;
import dev.firebreak.commandside.command.Outcome.Already;
import dev.firebreak.commandside.command.Outcome.Refused;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.security.Asking;
import jakarta.enterprise.context.RequestScoped;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/// Takes a command from a request, and answers when what it changed can be read.
@RequestScoped
class Desk {

    /// How long an answer waits for the estate to catch up with its own decision. The decision is
    /// durable either way; only the picture in the answer would be older.
    static final Duration CATCH_UP = Duration.ofSeconds(2);

    private final Commands commands;
    private final LiveEstate estate;
    private final Asking asking;
    private final Clock clock;

    Desk(Commands commands, LiveEstate estate, Asking asking, Clock clock) {
        this.commands = commands;
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
            case Accepted(var target, _) ->
                    Response.status(Response.Status.CREATED).entity(answer.apply(target)).build();
            case Already(var target, _) -> Response.ok(answer.apply(target)).build();
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

    private Outcome ask(Command command) {
        var outcome = commands.send(command, asking.origin());
        if (outcome instanceof Accepted(_, var position)) {
            estate.awaitPosition(position, CATCH_UP);
        }
        return outcome;
    }
}
