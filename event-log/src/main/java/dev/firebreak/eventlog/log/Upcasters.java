package dev.firebreak.eventlog.log;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The steps from every older form of an event to the present one.
final class Upcasters {

    /// The ones in force.
    static final Upcasters PRESENT =
            new Upcasters(
                    List.of(
                            new RequestedWithoutNeighbours(),
                            new OrderedWithoutLimit(),
                            new ReportedWithoutGaps(),
                            new RefusedWithoutDetail(),
                            new ContainedWithoutGaps(),
                            new ConnectedWithoutLaw()));

    private final Map<EventName, Upcaster> steps;

    /// A chain is finite, since no two steps start at the same form and each must lead to a form
    /// that none before it started from.
    Upcasters(List<Upcaster> steps) {
        this.steps = steps.stream().collect(toUnmodifiableMap(Upcaster::from, identity()));
        for (var step : steps) {
            endOf(step);
        }
    }

    /// What it was lifted to. `steps` counts none for an event in its present form.
    record Lifted(EventName name, ObjectNode json) {}

    boolean concern(EventName name) {
        return steps.containsKey(name);
    }

    Lifted lift(EventName name, ObjectNode json) {
        var lifted = new Lifted(name, json);
        for (var step = next(name); step.isPresent(); step = next(lifted.name())) {
            lifted = new Lifted(step.get().to(), step.get().lift(lifted.json()));
        }
        return lifted;
    }

    private Optional<Upcaster> next(EventName name) {
        return Optional.ofNullable(steps.get(name));
    }

    private void endOf(Upcaster start) {
        var taken = 0;
        for (var step = next(start.to()); step.isPresent(); step = next(step.get().to())) {
            if (++taken > steps.size()) {
                throw new IllegalStateException("Upcasters run in a circle from " + start.from());
            }
        }
    }
}
