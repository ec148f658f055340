package dev.firebreak.service.wiring;

import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.LogUnavailable;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.containment.ContainmentCommand.RecordLeftOut;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent;
import dev.firebreak.eventlog.log.Follower;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.segmentation.Presence;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/// Has it written down when a running containment leaves somebody out, so that its timeline tells.
/// Every replica looks after each deployment; the containment sees to it that it is said once.
final class LeftOutWatch implements Follower {

    private static final Logger LOG = Logger.getLogger(LeftOutWatch.class);
    private static final Duration ESTATE_PATIENCE = Duration.ofSeconds(10);

    private final LiveEstate estate;
    private final Commands commands;
    private final Clock clock;
    private Map<ContainmentId, Integer> told = Map.of();

    LeftOutWatch(LiveEstate estate, Commands commands, Clock clock) {
        this.estate = estate;
        this.commands = commands;
        this.clock = clock;
    }

    /// What the log says of the time before, too.
    LeftOutWatch begun() {
        look();
        return this;
    }

    @Override
    public void take(List<LogEntry> entries) {
        if (entries.stream().anyMatch(LeftOutWatch::mayMatter)
                && estate.awaitPosition(entries.getLast().position(), ESTATE_PATIENCE)) {
            look();
        }
    }

    private static boolean mayMatter(LogEntry entry) {
        return entry.event() instanceof DeploymentEvent
                || entry.event() instanceof ContainmentOrdered;
    }

    private void look() {
        var now = new HashMap<ContainmentId, Integer>();
        presences()
                .forEach((id, presence) -> {
                    var before = told.getOrDefault(id, 0);
                    now.put(
                            id,
                            presence.leftOut() == before || tell(id, presence)
                                    ? presence.leftOut()
                                    : before);
                });
        told = now;
    }

    private Map<ContainmentId, Presence> presences() {
        var at = clock.instant();
        return estate.read(known -> presences(known, at));
    }

    private static Map<ContainmentId, Presence> presences(Estate estate, java.time.Instant at) {
        return estate.activeContainments(at).stream()
                .map(known -> known.id())
                .collect(Collectors.toMap(id -> id, id -> estate.presence(id).orElseThrow()));
    }

    /// Whether it need not be told again. A refusal is final: it has ended meanwhile.
    private boolean tell(ContainmentId id, Presence presence) {
        var command =
                new RecordLeftOut(
                        id,
                        presence.leftOut(),
                        presence.names(),
                        presence.atMost(),
                        clock.instant());
        try {
            commands.send(command, Origin.firebreak(Surface.DISPATCH, UUID.randomUUID()));
            return true;
        } catch (LogUnavailable away) {
            LOG.warnf(
                    "not written down who is left out containment=%s leftOut=%d why=%s",
                    id, presence.leftOut(), away.getMessage());
            return false;
        }
    }
}
