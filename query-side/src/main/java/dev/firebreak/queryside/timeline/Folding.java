package dev.firebreak.queryside.timeline;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused;
import dev.firebreak.eventlog.event.flow.DeniedFlow;
import dev.firebreak.eventlog.event.flow.FlowEvent.DeniedFlowsSeen;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Surface;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A timeline without its din: a client that tries again every second, and somebody who asks again
/// for what was refused, are one row each between two things that happened. Nothing is left out of
/// the counts, and what says something new is a row of its own. Pure.
///
/// To fold what was folded, with more behind it, is the same as to fold all of it at once.
public final class Folding {

    /// What begins again after so long is news.
    static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    private static final int NONE = -1;

    private Folding() {}

    public static List<Told> fold(List<Told> rows) {
        var folded = new ArrayList<Told>();
        var din = new HashMap<Again, Integer>();
        for (var row : rows) {
            var again = Again.of(row.entry());
            if (again.isEmpty()) {
                din.clear();
                folded.add(row);
                continue;
            }
            var at = din.getOrDefault(again.get(), NONE);
            if (at != NONE && goesOn(folded.get(at), row)) {
                folded.set(at, together(folded.get(at), row));
            } else {
                din.put(again.get(), folded.size());
                folded.add(row);
            }
        }
        return List.copyOf(folded);
    }

    private static boolean goesOn(Told earlier, Told later) {
        var silence = Duration.between(earlier.entry().event().at(), later.firstAt());
        return silence.compareTo(LONGEST_SILENCE) <= 0;
    }

    /// What two entries have in common when the later one says nothing new.
    private sealed interface Again {

        /// The same flows of the same denies, on the same enforcer.
        record Denied(EnforcerName enforcer, Set<Flow> flows) implements Again {}

        /// Over another surface it may be somebody else, with a token of theirs.
        record Refused(
                ResponderName by,
                Surface over,
                String command,
                String target,
                String detail,
                String code)
                implements Again {}

        static Optional<Again> of(LogEntry entry) {
            return switch (entry.event()) {
                case DeniedFlowsSeen seen ->
                        Optional.of(
                                new Denied(
                                        seen.enforcer(),
                                        seen.flows().stream()
                                                .map(Flow::of)
                                                .collect(Collectors.toSet())));
                case CommandRefused(
                                var command,
                                var target,
                                var detail,
                                var code,
                                _,
                                var by,
                                _,
                                _) ->
                        Optional.of(
                                new Refused(
                                        by,
                                        entry.provenance().surface(),
                                        command,
                                        target,
                                        detail,
                                        code));
                default -> Optional.empty();
            };
        }
    }

    private record Flow(
            ContainmentId containment,
            Direction direction,
            String protocol,
            String peer,
            int port,
            String fingerprint) {

        static Flow of(DeniedFlow flow) {
            return new Flow(
                    flow.containment(),
                    flow.direction(),
                    flow.protocol(),
                    flow.peer(),
                    flow.port(),
                    flow.fingerprint());
        }
    }

    private static Told together(Told earlier, Told later) {
        var last = later.entry();
        var event = together(earlier.entry().event(), last.event());
        return new Told(
                new LogEntry(
                        last.position(), last.id(), event, last.provenance(), last.recordedAt()),
                earlier.firstAt(),
                earlier.entries() + later.entries());
    }

    private static Event together(Event earlier, Event later) {
        if (earlier instanceof DeniedFlowsSeen before && later instanceof DeniedFlowsSeen seen) {
            return new DeniedFlowsSeen(
                    seen.enforcer(),
                    seen.bootId(),
                    seen.batch(),
                    summed(before.flows(), seen.flows()),
                    before.lost() + seen.lost(),
                    seen.at());
        }
        if (earlier instanceof CommandRefused before && later instanceof CommandRefused refused) {
            return new CommandRefused(
                    refused.command(),
                    refused.target(),
                    refused.detail(),
                    refused.code(),
                    refused.sentence(),
                    refused.by(),
                    before.unrecorded() + refused.unrecorded(),
                    refused.at());
        }
        throw new IllegalStateException("not the same again: %s, %s".formatted(earlier, later));
    }

    private static List<DeniedFlow> summed(List<DeniedFlow> earlier, List<DeniedFlow> later) {
        var flows = new LinkedHashMap<Flow, DeniedFlow>();
        Stream.concat(earlier.stream(), later.stream())
                .forEach(flow -> flows.merge(Flow.of(flow), flow, Folding::sum));
        return List.copyOf(flows.values());
    }

    private static DeniedFlow sum(DeniedFlow a, DeniedFlow b) {
        return new DeniedFlow(
                b.containment(),
                b.direction(),
                b.protocol(),
                b.peer(),
                b.port(),
                a.packets() + b.packets(),
                a.bytes() + b.bytes(),
                a.first().isBefore(b.first()) ? a.first() : b.first(),
                a.last().isAfter(b.last()) ? a.last() : b.last(),
                b.fingerprint());
    }
}
