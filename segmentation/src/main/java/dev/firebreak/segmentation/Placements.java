package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Scope;
import java.util.Collection;
import java.util.List;

/// What an ask covers and no enforcer of ours can hold, with the reason and what to do about it.
final class Placements {
    private final Estate estate;
    private final Ask ask;
    private final Gaps gaps = new Gaps();

    private Placements(Estate estate, Ask ask) {
        this.estate = estate;
        this.ask = ask;
    }

    static List<Gap> gaps(Estate estate, Ask ask) {
        var found = new Placements(estate, ask);
        found.look();
        return found.gaps.list();
    }

    private void look() {
        if (ask.effect() != Effect.DENY) {
            gaps.add(ask.subject().toString(), "no enforcer can hold an emergency allow yet");
        }
        ask.on().forEach(this::lookAtNamed);
        switch (ask.subject()) {
            case Scope.Host(var host) -> lookAt(host, "host/" + host);
            case Scope.Cidr _ -> lookAtEverybody();
            case Scope.Workload _, Scope.Labelled _ -> lookAtMembers("");
            case Scope.Env(var environment) ->
                    lookAtMembers(
                            didYouMean(
                                    "env/",
                                    environment.value(),
                                    estate.inventory().environments()));
            case Scope.OfTenant(var tenant) ->
                    lookAtMembers(
                            didYouMean("tenant/", tenant.value(), estate.inventory().tenants()));
            case Scope.SecurityGroup _ ->
                    gaps.add(
                            ask.subject().toString(),
                            "no enforcer that knows security groups is configured yet");
            case Scope.DatabaseRole _ ->
                    gaps.add(
                            ask.subject().toString(),
                            "no enforcer that knows database roles is configured yet");
        }
    }

    private void lookAtNamed(EnforcerName enforcer) {
        if (estate.enforcer(enforcer).isEmpty()) {
            var names = estate.enforcers().stream().map(e -> e.name().toString()).toList();
            gaps.add(
                    enforcer.toString(),
                    "there is no enforcer of this name."
                            + Closest.question(Closest.to(enforcer.toString(), names)));
        } else if (!estate.enforcerIndex().isEnrolled(enforcer)) {
            gaps.add(enforcer.toString(), "its agent is not enrolled" + howToEnrol(enforcer));
        }
    }

    private void lookAtEverybody() {
        estate.inventory().hosts().forEach(host -> lookAt(host, "host/" + host));
        estate.inventory().all().stream()
                .filter(workload -> workload.hosts().isEmpty())
                .forEach(this::lookAt);
        if (estate.resolution().enforcers(ask).isEmpty()) {
            gaps.add(
                    ask.subject().toString(),
                    "no host has an enrolled agent; enrol one with: firebreak enforcers enrol"
                            + " host/NAME");
        }
    }

    private void lookAtMembers(String didYouMean) {
        var members = estate.members(ask.subject());
        members.forEach(this::lookAt);
        if (members.isEmpty()) {
            gaps.add(
                    ask.subject().toString(),
                    "no workload is in it now; record where workloads run with: firebreak deploy"
                            + didYouMean);
        }
    }

    private void lookAt(KnownWorkload workload) {
        var name = workload.name().toString();
        if (workload.placements().isEmpty()) {
            gaps.add(name, "where it runs is not known; deploy it again with --host and --cgroup");
        }
        for (var placement : workload.placements()) {
            switch (placement) {
                case Placement.OnHost(var host, _) -> lookAt(host, name);
                case Placement.Pods(var cluster, _) ->
                        gaps.add(
                                name,
                                "no enforcer for the pods of cluster %s is configured yet"
                                        .formatted(cluster));
                case Placement.NetworkInterface _ ->
                        gaps.add(name, "no enforcer for network interfaces is configured yet");
                case Placement.Address _ -> lookAtAddress(workload);
            }
        }
    }

    /// An address beside another placement only tells how the workload is reached.
    private void lookAtAddress(KnownWorkload workload) {
        var onlyAddresses = workload.addresses().size() == workload.placements().size();
        if (onlyAddresses) {
            gaps.add(
                    workload.name().toString(),
                    "only its address is known, and no enforcer for addresses is configured yet;"
                            + " deploy it again with --host and --cgroup, or cut its address off"
                            + " everywhere: contain cidr/ADDRESS");
        }
    }

    private void lookAt(HostName host, String what) {
        var enforcer = EnforcerName.onHost(host);
        if (estate.resolution().isAsked(ask, enforcer)
                && !estate.enforcerIndex().isEnrolled(enforcer)) {
            gaps.add(what, enforcer + " has no enrolled agent" + howToEnrol(enforcer));
        }
    }

    private static String howToEnrol(EnforcerName enforcer) {
        return "; enrol one with: firebreak enforcers enrol " + enforcer;
    }

    private static String didYouMean(String prefix, String asked, Collection<String> known) {
        var near = Closest.to(asked, known).stream().map(prefix::concat).toList();
        return near.isEmpty() ? "" : "." + Closest.question(near);
    }
}
