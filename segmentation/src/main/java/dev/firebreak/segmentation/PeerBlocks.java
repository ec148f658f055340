package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Scope;
import java.util.ArrayList;
import java.util.List;

/// The other end of an ask as blocks of addresses.
///
/// A peer is never widened: a workload is its own addresses and not those of its host, since others
/// live there too, and a host is the addresses of those workloads that run nowhere else. What
/// cannot be named so is a gap, and where nothing can be named there is no deny at all.
sealed interface PeerBlocks {
    /// Beyond this many blocks an enforcer's table and a person's eye are both overrun.
    int MAX_BLOCKS = 256;

    /// Everyone, which is written as no block.
    record Everyone() implements PeerBlocks {}

    /// `missing` are the members that could not be named.
    record Named(List<CidrBlock> blocks, List<Gap> missing) implements PeerBlocks {}

    record Inexpressible(Gap gap) implements PeerBlocks {}

    static PeerBlocks of(Inventory inventory, Peer peer) {
        return switch (peer) {
            case Peer.Everyone _ -> new Everyone();
            case Peer.Of(var scope) -> of(inventory, scope);
        };
    }

    private static PeerBlocks of(Inventory inventory, Scope scope) {
        return switch (scope) {
            case Scope.Cidr(var block) -> new Named(List.of(block), List.of());
            case Scope.Workload _, Scope.Labelled _, Scope.Env _, Scope.OfTenant _ ->
                    named(scope, inventory.members(scope), new Gaps());
            case Scope.Host(var host) -> onlyOn(inventory, host, scope);
            case Scope.SecurityGroup _ ->
                    cannot(scope, "no enforcer that knows security groups is configured yet");
            case Scope.DatabaseRole _ ->
                    cannot(scope, "no enforcer that knows database roles is configured yet");
        };
    }

    private static PeerBlocks onlyOn(Inventory inventory, HostName host, Scope scope) {
        var gaps = new Gaps();
        var here = new ArrayList<KnownWorkload>();
        for (var workload : inventory.on(host)) {
            if (workload.hosts().size() == 1) {
                here.add(workload);
            } else {
                gaps.add(
                        workload.name().toString(),
                        "it runs on other hosts too, and which of its addresses is on "
                                + scope
                                + " is not known; name the workload or the address block");
            }
        }
        return named(scope, here, gaps);
    }

    private static PeerBlocks named(Scope scope, List<KnownWorkload> members, Gaps gaps) {
        var blocks = new ArrayList<CidrBlock>();
        for (var member : members) {
            if (member.addresses().isEmpty()) {
                gaps.add(
                        member.name().toString(),
                        "it was deployed without an address, so it cannot be named as the other"
                                + " end; deploy it again with --address, or name an address block");
            }
            blocks.addAll(member.addresses());
        }
        var distinct = blocks.stream().distinct().sorted(Order.BLOCKS).toList();
        if (distinct.isEmpty()) {
            return cannot(
                    scope,
                    "no address of it is known, so it cannot be named as the other end; deploy its"
                            + " workloads with --address, or name an address block: --to cidr/BLOCK");
        }
        if (distinct.size() > MAX_BLOCKS) {
            return cannot(
                    scope,
                    "it has %d addresses and at most %d can be named as the other end; name a smaller scope or an address block"
                            .formatted(distinct.size(), MAX_BLOCKS));
        }
        return new Named(distinct, gaps.list());
    }

    private static PeerBlocks cannot(Scope scope, String why) {
        return new Inexpressible(new Gap(scope.toString(), why));
    }
}
