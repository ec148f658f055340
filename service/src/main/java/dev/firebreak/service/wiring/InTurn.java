package dev.firebreak.service.wiring;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.LogUnavailable;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.segmentation.LiveEstate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Lets what one responder asks for be decided one after the other, each in sight of the one
/// before: what they have cut off alone counts, and asked for at once it would be seen by none.
/// Another replica sees it as soon as it has read it.
final class InTurn implements Commands {

    /// Responders share a turn by chance, and then only wait a little.
    private static final int TURNS = 64;

    /// Who waits longer asks a log that hangs.
    private static final Duration TURN_WITHIN = Duration.ofSeconds(5);

    /// Beyond this it is decided in sight of what is known: an emergency does not wait for a count.
    private static final Duration CATCH_UP = Duration.ofSeconds(2);

    private final Commands commands;
    private final LiveEstate estate;
    private final List<Turn> turns = Stream.generate(Turn::new).limit(TURNS).toList();

    InTurn(Commands commands, LiveEstate estate) {
        this.commands = commands;
        this.estate = estate;
    }

    /// Whose turn it is, and how far the log was after the one before.
    private record Turn(ReentrantLock lock, AtomicLong last) {
        Turn() {
            this(new ReentrantLock(true), new AtomicLong());
        }
    }

    @Override
    public Outcome send(Command command, Origin origin) {
        if (!(command instanceof RequestContainment request)) {
            return commands.send(command, origin);
        }
        var turn = turns.get(Math.floorMod(request.by().name().hashCode(), TURNS));
        if (!isMine(turn)) {
            throw new LogUnavailable(
                    "what %s asked for before is still being written"
                            .formatted(request.by().name()),
                    true,
                    new TimeoutException("no turn within " + TURN_WITHIN));
        }
        try {
            if (estate.position() < turn.last().get()) {
                estate.awaitPosition(turn.last().get(), CATCH_UP);
            }
            var outcome = commands.send(command, origin);
            if (outcome instanceof Outcome.Accepted(_, var position)) {
                turn.last().set(position);
            }
            return outcome;
        } finally {
            turn.lock().unlock();
        }
    }

    private static boolean isMine(Turn turn) {
        try {
            return turn.lock().tryLock(TURN_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
