package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.command.Alarms;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.LogUnavailable;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.eventlog.log.Follower;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Surface;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Ends what is to end by itself, on time: it follows the log, keeps an alarm for each open ending,
/// and asks for it when that rings, again and again until the log tells that it has happened.
///
/// Every replica has one, and each asks; the containment sees to it that it ends once.
public final class ReleaseAlarm implements Follower {

    static final Duration FIRST_RETRY = Duration.ofMillis(100);

    /// It never gives up; this bounds how often it tries.
    static final Duration SLOWEST_RETRY = Duration.ofSeconds(10);

    private static final int MAX_DOUBLINGS = 10;
    private static final Logger LOG = LoggerFactory.getLogger(ReleaseAlarm.class);

    private final Commands commands;
    private final Alarms alarms;
    private final InstantSource clock;
    private final long past;
    private final Endings endings = new Endings();
    private boolean armed;

    /// `head` is where the log ends as this begins to follow it, from its start. Up to there no
    /// alarm is set: what has ended long ago would ring once more.
    public ReleaseAlarm(Commands commands, Alarms alarms, InstantSource clock, long head) {
        this.commands = commands;
        this.alarms = alarms;
        this.clock = clock;
        this.past = head;
        this.armed = head == 0;
    }

    @Override
    public void take(List<LogEntry> entries) {
        if (entries.isEmpty()) {
            return;
        }
        var concerned = endings.take(entries);
        if (armed) {
            concerned.forEach(this::arm);
        } else if (entries.getLast().position() >= past) {
            armed = true;
            endings.open().forEach(this::arm);
        }
    }

    private void arm(ContainmentId containment) {
        endings.of(containment)
                .ifPresentOrElse(
                        ending ->
                                alarms.set(
                                        name(containment), ending.at(), () -> ring(containment, 0)),
                        () -> alarms.cancel(name(containment)));
    }

    private void ring(ContainmentId containment, int attempt) {
        var ending = endings.of(containment);
        if (ending.isEmpty()) {
            return;
        }
        if (!ending.get().isDue(clock.instant())) {
            arm(containment);
            return;
        }
        var settled = false;
        try {
            settled = end(containment, ending.get());
        } finally {
            if (!settled) {
                var again = clock.instant().plus(pause(attempt));
                alarms.set(name(containment), again, () -> ring(containment, attempt + 1));
            }
        }
    }

    /// Whether the log has it now. A refusal is tried again, too: the end may have been moved in a
    /// moment that this replica has not heard of yet, and then its event sets the alarm anew.
    private boolean end(ContainmentId containment, Ending ending) {
        var origin = Origin.firebreak(Surface.ALARM, UUID.randomUUID());
        try {
            return switch (commands.send(ending.command(containment, clock.instant()), origin)) {
                case Outcome.Accepted _, Outcome.Already _ -> true;
                case Outcome.Refused(var code, _) -> {
                    LOG.info("end refused containment={} code={}", containment, code.text());
                    yield false;
                }
            };
        } catch (LogUnavailable unavailable) {
            LOG.warn(
                    "end could not be written containment={} due={} why={}",
                    containment,
                    ending.at(),
                    unavailable.getMessage());
            return false;
        }
    }

    static Duration pause(int attempt) {
        var doubled = FIRST_RETRY.multipliedBy(1L << Math.min(attempt, MAX_DOUBLINGS));
        return doubled.compareTo(SLOWEST_RETRY) < 0 ? doubled : SLOWEST_RETRY;
    }

    private static String name(ContainmentId containment) {
        return "ending/" + containment;
    }
}
