package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.LogUnavailable;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Surface;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Recomputes from the log itself what should have ended by now, and ends it: the second of two
/// that do, for when an alarm was lost. Called on a schedule, by one replica at a time or by
/// several; what has ended already stays so.
public final class ReleaseSweep {

    private static final int PAGE = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseSweep.class);

    /// Reads the log by position, like `PostgresLog.read`.
    @FunctionalInterface
    public interface Pages {
        List<LogEntry> read(long after, int limit);
    }

    /// What one sweep came to: how many endings were overdue, how many of them this sweep brought
    /// about, and which are still open and why that is to be looked into.
    public record Swept(int overdue, int ended, List<ContainmentId> stillOpen) {
        public Swept {
            stillOpen = List.copyOf(stillOpen);
        }
    }

    private final Pages log;
    private final Commands commands;
    private final InstantSource clock;
    private final Endings endings = new Endings();
    private long position;

    public ReleaseSweep(Pages log, Commands commands, InstantSource clock) {
        this.log = log;
        this.commands = commands;
        this.clock = clock;
    }

    /// Catches up with the log from where the last sweep got to, which is its start at first.
    public synchronized Swept sweep() {
        catchUp();
        var overdue = endings.due(clock.instant());
        var ended = 0;
        var stillOpen = new ArrayList<ContainmentId>();
        for (var i = 0; i < overdue.size(); i++) {
            var containment = overdue.get(i);
            try {
                switch (end(containment)) {
                    case ENDED_NOW -> ended++;
                    case ENDED_BEFORE -> {}
                    case STILL_OPEN -> stillOpen.add(containment);
                }
            } catch (LogUnavailable away) {
                // The others would wait as long, one after the other; the next sweep takes them.
                LOG.error("sweep broken off containment={}", containment, away);
                stillOpen.addAll(overdue.subList(i, overdue.size()));
                break;
            }
        }
        if (!overdue.isEmpty()) {
            LOG.info(
                    "sweep overdue={} ended={} stillOpen={}",
                    overdue.size(),
                    ended,
                    stillOpen.size());
        }
        return new Swept(overdue.size(), ended, stillOpen);
    }

    private enum Result {
        ENDED_NOW,
        ENDED_BEFORE,
        STILL_OPEN
    }

    private void catchUp() {
        for (var page = log.read(position, PAGE);
                !page.isEmpty();
                page = log.read(position, PAGE)) {
            var _ = endings.take(page);
            position = page.getLast().position();
        }
    }

    private Result end(ContainmentId containment) {
        var command = endings.of(containment).orElseThrow().command(containment, clock.instant());
        var origin = Origin.firebreak(Surface.SWEEP, UUID.randomUUID());
        try {
            return switch (commands.send(command, origin)) {
                case Outcome.Accepted _ -> Result.ENDED_NOW;
                case Outcome.Already _ -> Result.ENDED_BEFORE;
                case Outcome.Refused(var code, var sentence) -> {
                    LOG.warn(
                            "end refused containment={} code={} why={}",
                            containment,
                            code.text(),
                            sentence);
                    yield Result.STILL_OPEN;
                }
            };
        } catch (LogUnavailable away) {
            throw away;
        } catch (RuntimeException broken) {
            // One that cannot be ended must not keep the others open.
            LOG.error("end failed containment={}", containment, broken);
            return Result.STILL_OPEN;
        }
    }
}
