package dev.firebreak.service.slack;

import dev.firebreak.chatops.ContainmentReading;
import dev.firebreak.chatops.Readings;
import dev.firebreak.chatops.Unavailable;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.eventlog.log.LogUnavailable;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.SlackUser;
import dev.firebreak.queryside.containment.ContainmentViews.Which;
import dev.firebreak.queryside.projection.ViewsUnavailable;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.KnownResponder;
import dev.firebreak.segmentation.KnownWorkload;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.wiring.Views;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a conversation sees, from the views and the estate of now.
@Singleton
class ViewReadings implements Readings {

    private final Views views;
    private final LiveEstate estate;
    private final Guardrails guardrails;
    private final Clock clock;

    ViewReadings(Views views, LiveEstate estate, Guardrails guardrails, Clock clock) {
        this.views = views;
        this.estate = estate;
        this.guardrails = guardrails;
        this.clock = clock;
    }

    @Override
    public List<ContainmentReading> running(int limit) {
        return seen(() ->
                Stream.of(Which.WAITING, Which.ACTIVE)
                        .flatMap(which ->
                                views.containments().list(which, limit, clock.instant()).stream())
                        .limit(limit)
                        .map(ViewReading::of)
                        .toList());
    }

    @Override
    public Optional<ContainmentReading> containment(ContainmentId id) {
        return seen(() -> views.containments().find(id, clock.instant()).map(ViewReading::of));
    }

    @Override
    public List<String> enforcers(int limit) {
        return seen(() ->
                views.enforcers().list(clock.instant()).stream()
                        .limit(limit)
                        .map(each -> each.enforcer() + " " + each.stateText())
                        .toList());
    }

    @Override
    public List<String> responders(int limit) {
        return estate.read(Estate::responders).stream()
                .limit(limit)
                .map(ViewReadings::line)
                .toList();
    }

    @Override
    public List<String> workloads(int limit) {
        return estate.read(Estate::workloads).stream()
                .limit(limit)
                .map(ViewReadings::line)
                .toList();
    }

    @Override
    public Optional<String> frozenBecause() {
        return estate.read(Estate::automationFrozen)
                ? Optional.of("Automation is frozen: only people may contain.")
                : Optional.empty();
    }

    @Override
    public Optional<String> secondPerson(Plan plan, Responder by) {
        return guardrails.approvalNeeded(plan.reach(), by.role());
    }

    @Override
    public boolean awaitPosition(long position, Duration atMost) {
        return views.await(position, atMost);
    }

    private static <T> T seen(Supplier<T> look) {
        try {
            return look.get();
        } catch (ViewsUnavailable | LogUnavailable away) {
            throw new Unavailable("What is contained cannot be read just now.", away);
        }
    }

    private static String line(KnownResponder known) {
        var slack = known.slackUsers().stream().map(SlackUser::toString);
        return known.name()
                + " "
                + Stream.concat(Stream.of(known.role().name().toLowerCase(Locale.ROOT)), slack)
                        .collect(Collectors.joining(", "));
    }

    private static String line(KnownWorkload known) {
        return "%s %s, %d placements"
                .formatted(known.name(), known.environment(), known.placements().size());
    }
}
