package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.LogUnavailable;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/// Answers as told, and keeps what it was sent.
final class ScriptedCommands implements Commands {

    enum Answer {
        ACCEPTED,
        ALREADY,
        REFUSED,
        UNAVAILABLE,
        BROKEN
    }

    private final List<Command> sent = new ArrayList<>();
    private Answer answer = Answer.ACCEPTED;

    void answer(Answer next) {
        answer = next;
    }

    List<Command> sent() {
        return List.copyOf(sent);
    }

    @Override
    public Outcome send(Command command, Origin origin) {
        sent.add(command);
        return switch (answer) {
            case ACCEPTED -> new Outcome.Accepted(command.target(), 1);
            case ALREADY -> new Outcome.Already(command.target(), "It ended.");
            case REFUSED -> new Outcome.Refused(RefusalCode.NOT_YET_DUE, "Not yet.");
            case UNAVAILABLE ->
                    throw new LogUnavailable("No log.", true, new TimeoutException("no log"));
            case BROKEN -> throw new IllegalStateException("as a test wants it");
        };
    }
}
