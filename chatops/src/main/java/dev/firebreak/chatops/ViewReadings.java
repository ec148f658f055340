package dev.firebreak.chatops;

import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.queryside.Views;
import dev.firebreak.queryside.containment.ContainmentViews.Which;
import dev.firebreak.queryside.enforcer.EnforcerView;
import dev.firebreak.queryside.projection.ViewsUnavailable;
import dev.firebreak.queryside.workload.WorkloadView;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Reads from the views of query-side. Responders and the freeze switch have no view and come from
/// whoever knows them.
public final class ViewReadings implements Readings {

    private static final Duration PAUSE = Duration.ofMillis(5);

    private final Views views;
    private final Guardrails guardrails;
    private final Supplier<List<String>> responders;
    private final Supplier<Optional<String>> frozenBecause;
    private final InstantSource clock;

    public ViewReadings(
            Views views,
            Guardrails guardrails,
            Supplier<List<String>> responders,
            Supplier<Optional<String>> frozenBecause,
            InstantSource clock) {
        this.views = views;
        this.guardrails = guardrails;
        this.responders = responders;
        this.frozenBecause = frozenBecause;
        this.clock = clock;
    }

    @Override
    public List<ContainmentReading> running(int limit) {
        return reading(() ->
                Stream.of(Which.WAITING, Which.ACTIVE)
                        .flatMap(which -> list(which, limit))
                        .limit(limit)
                        .toList());
    }

    private Stream<ContainmentReading> list(Which which, int limit) {
        return views.containments().list(which, limit, clock.instant()).stream()
                .map(SeenContainment::reading);
    }

    @Override
    public Optional<ContainmentReading> containment(ContainmentId id) {
        return reading(
                () -> views.containments().find(id, clock.instant()).map(SeenContainment::reading));
    }

    @Override
    public List<String> enforcers(int limit) {
        return reading(() ->
                views.enforcers().list(clock.instant()).stream()
                        .limit(limit)
                        .map(ViewReadings::line)
                        .toList());
    }

    private static String line(EnforcerView view) {
        var held = view.deniesHeld();
        return "%s  %s, %s"
                .formatted(
                        view.enforcer(),
                        view.state(),
                        held == null ? "unknown what it holds" : held + " denies held");
    }

    @Override
    public List<String> responders(int limit) {
        return responders.get().stream().limit(limit).toList();
    }

    @Override
    public List<String> workloads(int limit) {
        return reading(
                () -> views.workloads().list("", limit).stream().map(ViewReadings::line).toList());
    }

    private static String line(WorkloadView view) {
        var owner = view.owner().isEmpty() ? "" : ", of " + view.owner();
        return "%s  %s%s".formatted(view.workload(), view.environment(), owner);
    }

    @Override
    public Optional<String> frozenBecause() {
        return frozenBecause.get();
    }

    @Override
    public Optional<String> secondPerson(Plan plan, Responder by) {
        return guardrails.approvalNeeded(plan, by, clock.instant());
    }

    @Override
    public Map<EnforcerName, String> hindered(Collection<EnforcerName> enforcers) {
        return reading(() -> views.enforcers().hindered(enforcers, clock.instant()));
    }

    @Override
    public boolean awaitPosition(long position, Duration atMost) {
        var until = System.nanoTime() + atMost.toNanos();
        while (views.position() < position) {
            if (System.nanoTime() >= until || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    private static <T> T reading(Supplier<T> look) {
        try {
            return look.get();
        } catch (ViewsUnavailable away) {
            throw new Unavailable("The views cannot be read right now.", away);
        }
    }
}
