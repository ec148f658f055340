package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// Which protected scopes stand in the way of an ask.
///
/// What is protected is not to be cut off. It would be when it is itself among what is contained,
/// by name or because something contained shares its cgroup, or when a whole host, or every host,
/// is cut from it by name. A workload that is cut from a protected peer harms itself alone, and a
/// quarantine from everyone leaves the agents' own never-deny list open; neither is stopped here.
final class Protection {
    private final Estate estate;
    private final Ask ask;
    private final List<KnownWorkload> members;
    private final List<Net> cutForAll;

    /// `peers` are the blocks that the ask's other end comes to.
    Protection(Estate estate, Ask ask, List<CidrBlock> peers) {
        this.estate = estate;
        this.ask = ask;
        this.members = members(estate, ask);
        this.cutForAll =
                Scopes.isHostWide(ask.subject()) ? peers.stream().map(Net::of).toList() : List.of();
    }

    /// Whom it cuts off. A narrow block is a few machines that nobody is cut off by losing; of a
    /// wide one every host is cut off, with whoever runs on it.
    private static List<KnownWorkload> members(Estate estate, Ask ask) {
        return ask.subject() instanceof Scope.Cidr(var block) && WideBlocks.isWide(block)
                ? estate.workloads().stream()
                        .filter(each -> !each.hosts().isEmpty())
                        .filter(each -> Scopes.isWithin(ask.on(), each))
                        .toList()
                : estate.members(ask.subject());
    }

    List<String> sentences(List<Scope> protectedScopes) {
        var said = new ArrayList<String>();
        for (var scope : protectedScopes) {
            said.addAll(
                    Stream.of(itself(scope), among(scope), sharing(scope), asPeer(scope))
                            .flatMap(Optional::stream)
                            .limit(1)
                            .toList());
        }
        return said;
    }

    private Optional<String> itself(Scope scope) {
        return scope.equals(ask.subject())
                ? Optional.of("%s is protected.".formatted(scope))
                : Optional.empty();
    }

    private Optional<String> among(Scope scope) {
        var covered = covered(scope);
        var names = new TreeSet<String>();
        members.stream().filter(covered).forEach(member -> names.add(member.name().toString()));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s is protected, and %s takes in some of it: %s."
                                .formatted(scope, ask.subject(), Gaps.spoken(names)));
    }

    /// Whoever may deploy may say of any workload that it runs anywhere.
    private Optional<String> sharing(Scope scope) {
        if (scope instanceof Scope.Host) {
            return Optional.empty();
        }
        var shielded = estate.members(scope);
        var names = new TreeSet<String>();
        members.stream()
                .filter(member -> shielded.stream().anyMatch(member::sharesCgroup))
                .forEach(member -> names.add(member.name().toString()));
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "%s is protected, and shares a cgroup with %s."
                                .formatted(scope, Gaps.spoken(names)));
    }

    private Optional<String> asPeer(Scope scope) {
        var shielded = nets(scope);
        var hit = cutForAll.stream().anyMatch(cut -> shielded.stream().anyMatch(cut::overlaps));
        return hit
                ? Optional.of(
                        "%s is protected, and %s would be cut from it as a whole."
                                .formatted(
                                        scope,
                                        ask.peer() instanceof Peer.Of
                                                ? ask.subject()
                                                : "every host"))
                : Optional.empty();
    }

    /// That a host is protected keeps the host whole; a workload on it may still be contained.
    private Predicate<KnownWorkload> covered(Scope scope) {
        if (scope instanceof Scope.Host) {
            return _ -> false;
        }
        if (!(scope instanceof Scope.Cidr(var block))) {
            return workload -> Scopes.cover(scope, workload);
        }
        var net = Net.of(block);
        return workload ->
                workload.addresses().stream()
                        .anyMatch(address -> net.overlaps(estate.inventory().net(address)));
    }

    private List<Net> nets(Scope scope) {
        return scope instanceof Scope.Cidr(var block)
                ? List.of(Net.of(block))
                : estate.members(scope).stream()
                        .flatMap(member -> member.addresses().stream())
                        .map(estate.inventory()::net)
                        .toList();
    }
}
