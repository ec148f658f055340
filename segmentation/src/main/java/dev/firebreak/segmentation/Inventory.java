package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Tenant;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The workloads there are, found by name, label, environment, tenant, host, place or address.
final class Inventory {
    private final Map<WorkloadName, KnownWorkload> workloads = new HashMap<>();
    private final Map<Environment, Set<WorkloadName>> byEnvironment = new HashMap<>();
    private final Map<String, Set<WorkloadName>> byLabel = new HashMap<>();
    private final Map<HostName, Set<WorkloadName>> byHost = new HashMap<>();
    private final Map<Found, Set<WorkloadName>> within = new HashMap<>();
    private final Map<WorkloadName, Set<Found>> around = new HashMap<>();
    private final Map<CidrBlock, Set<WorkloadName>> byAddress = new HashMap<>();
    private final Map<CidrBlock, Net> nets = new HashMap<>();

    void put(KnownWorkload workload) {
        remove(workload.name());
        workloads.put(workload.name(), workload);
        add(byEnvironment, workload.environment(), workload);
        workload.labels().values().forEach((k, v) -> add(byLabel, k + "=" + v, workload));
        workload.hosts().forEach(host -> add(byHost, host, workload));
        var places = Found.around(workload);
        places.forEach(place -> add(within, place, workload));
        around.put(workload.name(), places);
        for (var address : workload.addresses()) {
            add(byAddress, address, workload);
            nets.computeIfAbsent(address, Net::of);
        }
    }

    void remove(WorkloadName name) {
        var workload = workloads.remove(name);
        if (workload == null) {
            return;
        }
        take(byEnvironment, workload.environment(), name);
        workload.labels().values().forEach((k, v) -> take(byLabel, k + "=" + v, name));
        workload.hosts().forEach(host -> take(byHost, host, name));
        around(name).forEach(place -> take(within, place, name));
        around.remove(name);
        for (var address : workload.addresses()) {
            take(byAddress, address, name);
            if (!byAddress.containsKey(address)) {
                nets.remove(address);
            }
        }
    }

    Optional<KnownWorkload> find(WorkloadName name) {
        return Optional.ofNullable(workloads.get(name));
    }

    Collection<KnownWorkload> all() {
        return Collections.unmodifiableCollection(workloads.values());
    }

    int size() {
        return workloads.size();
    }

    SortedSet<String> environments() {
        var names = new TreeSet<String>();
        byEnvironment.keySet().forEach(environment -> names.add(environment.value()));
        return names;
    }

    SortedSet<String> tenants() {
        var names = new TreeSet<String>();
        byLabel.keySet().stream()
                .filter(label -> label.startsWith("tenant="))
                .forEach(label -> names.add(label.substring("tenant=".length())));
        return names;
    }

    Set<HostName> hosts() {
        return Collections.unmodifiableSet(byHost.keySet());
    }

    List<KnownWorkload> on(HostName host) {
        return sorted(byHost.getOrDefault(host, Set.of()));
    }

    /// Those on a host, in no order.
    Stream<KnownWorkload> each(HostName host) {
        return byHost.getOrDefault(host, Set.of()).stream().map(name -> find(name).orElseThrow());
    }

    /// Who runs at a place or below it: whoever is cut with it.
    Set<WorkloadName> within(Found place) {
        return Collections.unmodifiableSet(within.getOrDefault(place, Set.of()));
    }

    /// Everywhere that a workload would be cut; nowhere once it is retired.
    Set<Found> around(WorkloadName name) {
        return around.getOrDefault(name, Set.of());
    }

    List<KnownWorkload> at(Net net) {
        var found = new HashSet<WorkloadName>();
        byAddress.forEach((address, names) -> {
            if (net.overlaps(net(address))) {
                found.addAll(names);
            }
        });
        return sorted(found);
    }

    Net net(CidrBlock address) {
        var known = nets.get(address);
        return known == null ? Net.of(address) : known;
    }

    /// The workloads of a scope, by name; of a host those that run on it, of a block those with an
    /// address in it.
    List<KnownWorkload> members(Scope scope) {
        return switch (scope) {
            case Scope.Workload(var name) -> find(name).stream().toList();
            case Scope.Host(var host) -> on(host);
            case Scope.Labelled(var labels) -> labelled(labels);
            case Scope.Env(var environment) ->
                    sorted(byEnvironment.getOrDefault(environment, Set.of()));
            case Scope.OfTenant(var tenant) -> ofTenant(tenant);
            case Scope.Cidr(var block) -> at(Net.of(block));
            case Scope.SecurityGroup _, Scope.DatabaseRole _ -> List.of();
        };
    }

    private List<KnownWorkload> labelled(Labels labels) {
        return labels.values().entrySet().stream()
                .map(label -> byLabel.getOrDefault(label.getKey() + "=" + label.getValue(), none()))
                .min(Comparator.comparingInt(Set::size))
                .map(Inventory.this::sorted)
                .orElse(List.of())
                .stream()
                .filter(workload -> workload.labels().hold(labels))
                .toList();
    }

    private List<KnownWorkload> ofTenant(Tenant tenant) {
        return sorted(byLabel.getOrDefault("tenant=" + tenant, Set.of()));
    }

    private List<KnownWorkload> sorted(Set<WorkloadName> names) {
        return names.stream()
                .sorted(Comparator.comparing(WorkloadName::toString))
                .map(name -> find(name).orElseThrow())
                .toList();
    }

    private static Set<WorkloadName> none() {
        return Set.of();
    }

    private static <K> void add(Map<K, Set<WorkloadName>> index, K key, KnownWorkload workload) {
        index.computeIfAbsent(key, _ -> new HashSet<>()).add(workload.name());
    }

    private static <K> void take(Map<K, Set<WorkloadName>> index, K key, WorkloadName name) {
        index.computeIfPresent(
                key,
                (_, names) -> {
                    names.remove(name);
                    return names.isEmpty() ? null : names;
                });
    }
}
