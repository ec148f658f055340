package dev.firebreak.queryside.replay;

import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.queryside.replay.ActiveDenies.ActiveDeny;
import dev.firebreak.queryside.replay.ActiveDenies.ActivePart;
import dev.firebreak.queryside.replay.ActiveDenies.Extent;
import dev.firebreak.segmentation.Compilation;
import dev.firebreak.segmentation.DesiredDeny;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.KnownContainment;
import dev.firebreak.segmentation.Stage;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Reads an estate of the past out as the denies that were active in it. Pure.
final class Recollection {
    private final Estate estate;
    private final Instant at;

    Recollection(Estate estate, Instant at) {
        this.estate = estate;
        this.at = at;
    }

    List<ActiveDeny> denies() {
        return estate.activeContainments(at).stream()
                .filter(known -> known.stage() instanceof Stage.Running)
                .map(known -> deny(known, (Stage.Running) known.stage()))
                .toList();
    }

    private ActiveDeny deny(KnownContainment known, Stage.Running running) {
        var ask = known.plan().ask();
        return new ActiveDeny(
                known.id().value(),
                lower(ask.effect()),
                ask.subject().toString(),
                ask.peer().toString(),
                lower(ask.direction()),
                ask.ports().toString(),
                known.requestedBy().value(),
                known.approvedBy().stream().map(ResponderName::value).toList(),
                known.reason().text(),
                known.incident().value(),
                running.orderedAt(),
                running.expiresAt(),
                Extent.of(holding(known).map(enforcer -> state(known, enforcer)).toList()),
                parts(known));
    }

    private Stream<EnforcerName> holding(KnownContainment known) {
        return estate.enforcersHolding(known.id()).stream()
                .sorted(Comparator.comparing(EnforcerName::toString));
    }

    private static PartState state(KnownContainment known, EnforcerName enforcer) {
        return known.report(enforcer).map(PartReport::state).orElse(PartState.PENDING);
    }

    private List<ActivePart> parts(KnownContainment known) {
        return holding(known)
                .map(enforcer -> part(known, enforcer))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<ActivePart> part(KnownContainment known, EnforcerName enforcer) {
        var said = known.report(enforcer);
        return Compilation.desired(estate, enforcer, at)
                .deny(known.id())
                .map(deny ->
                        new ActivePart(
                                enforcer.toString(),
                                subjects(deny),
                                deny.peers().stream().map(CidrBlock::value).toList(),
                                state(known, enforcer).text(),
                                said.map(PartReport::sentence).orElse(""),
                                said.map(PartReport::gaps).orElse(List.of())));
    }

    private static List<String> subjects(DesiredDeny deny) {
        return deny.subjects().stream()
                .map(subject ->
                        switch (subject) {
                            case Subject.WholeHost _ -> "the whole host";
                            case Subject.Cgroup(var path) -> "cgroup " + path;
                        })
                .toList();
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
