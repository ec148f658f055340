package dev.firebreak.commandside.containment;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Plan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// How far each enforcer is, by the newest that was heard of it. Enforcers join when the membership
/// of the scope grows.
record Parts(Map<EnforcerName, Standing> standings) {

    Parts {
        standings = Collections.unmodifiableMap(new LinkedHashMap<>(standings));
    }

    static Parts of(Plan plan) {
        var standings = new LinkedHashMap<EnforcerName, Standing>();
        plan.parts().forEach(part -> standings.put(part.enforcer(), Standing.UNHEARD));
        return new Parts(standings);
    }

    /// Those of the reports that say something new, each judged after the ones before it. Nobody
    /// joins by holding nothing.
    List<PartReport> news(List<PartReport> reports) {
        var news = new ArrayList<PartReport>();
        var sofar = new LinkedHashMap<>(standings);
        for (var report : reports) {
            var joins = !sofar.containsKey(report.enforcer());
            var standing = sofar.getOrDefault(report.enforcer(), Standing.UNHEARD);
            if (standing.isNews(report) && !(joins && report.state() == PartState.LIFTED)) {
                news.add(report);
                sofar.put(report.enforcer(), standing.then(report));
            }
        }
        return news;
    }

    Parts with(List<PartReport> reports) {
        var later = new LinkedHashMap<>(standings);
        for (var report : reports) {
            var standing = later.getOrDefault(report.enforcer(), Standing.UNHEARD);
            later.put(report.enforcer(), standing.then(report));
        }
        return new Parts(later);
    }

    boolean allInForce() {
        return !standings.isEmpty() && notInForce().isEmpty();
    }

    boolean allAnswered() {
        return standings.values().stream().noneMatch(s -> s.state() == PartState.PENDING);
    }

    Set<EnforcerName> notInForce() {
        return those(standing -> !standing.state().isInForce());
    }

    Set<EnforcerName> verified() {
        return those(standing -> standing.state() == PartState.VERIFIED);
    }

    /// Where something of it may still be held: an answer that never came proves nothing.
    Set<EnforcerName> mayStillHold() {
        return those(Standing::mayHold);
    }

    private Set<EnforcerName> those(Predicate<Standing> wanted) {
        return standings.entrySet().stream()
                .filter(part -> wanted.test(part.getValue()))
                .map(Map.Entry::getKey)
                .collect(toUnmodifiableSet());
    }
}
