package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.segmentation.Drawing.DrawnPlan;
import dev.firebreak.segmentation.Drawing.UnknownWorkload;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Draws up what an ask comes to: who holds which part, who cannot, how much is touched, and what
/// is protected. What cannot be expressed exactly becomes a gap, and is never widened.
public final class Planner {
    /// In characters. A plan is part of an event, and the log takes an event of 1 MiB at most.
    static final int MAX_LENGTH = 700_000;

    /// What a part takes beside its subjects and peers.
    private static final int PART_OVERHEAD = 64;

    private static final int ITEM_OVERHEAD = 40;

    private final Estate estate;
    private final Ask ask;
    private final List<Scope> protectedScopes;

    private Planner(Estate estate, Ask ask, List<Scope> protectedScopes) {
        this.estate = estate;
        this.ask = ask;
        this.protectedScopes = protectedScopes;
    }

    /// What could not be held of this workload if it were cut off now, and why.
    public static List<Gap> gaps(Estate estate, WorkloadName name) {
        var whole =
                new Ask(
                        Effect.DENY,
                        new Scope.Workload(name),
                        Peer.EVERYONE,
                        Direction.BOTH,
                        Ports.ALL,
                        List.of());
        return Placements.gaps(estate, whole);
    }

    public static Drawing draw(Estate estate, Ask ask, List<Scope> protectedScopes, Instant now) {
        var unknown = unknownWorkload(estate, ask);
        if (unknown.isPresent()) {
            return unknown.get();
        }
        var plan = new Planner(estate, ask, protectedScopes).plan();
        return new DrawnPlan(estate.name(ask, now), plan, laws(estate, plan));
    }

    private static Map<EnforcerName, String> laws(Estate estate, Plan plan) {
        var laws = new HashMap<EnforcerName, String>();
        for (var part : plan.parts()) {
            estate.enforcer(part.enforcer())
                    .flatMap(known ->
                            new HostLaw(known.neverDeny()).objection(part, plan.ask().ports()))
                    .ifPresent(law -> laws.put(part.enforcer(), law));
        }
        return laws;
    }

    private static Optional<UnknownWorkload> unknownWorkload(Estate estate, Ask ask) {
        var named =
                Stream.concat(
                        Stream.of(ask.subject()),
                        ask.peer() instanceof Peer.Of(var scope)
                                ? Stream.of(scope)
                                : Stream.empty());
        return named.filter(Scope.Workload.class::isInstance)
                .map(scope -> ((Scope.Workload) scope).name())
                .filter(name -> estate.workload(name).isEmpty())
                .findFirst()
                .map(name -> new UnknownWorkload(name, closest(estate, name)));
    }

    private static List<String> closest(Estate estate, WorkloadName asked) {
        var known = estate.inventory().all();
        var names = known.stream().map(workload -> workload.name().toString()).toList();
        var near = Closest.to(asked.toString(), names);
        return near.isEmpty()
                ? known.stream()
                        .map(KnownWorkload::name)
                        .filter(name -> name.name().equals(asked.name()))
                        .map(WorkloadName::toString)
                        .sorted()
                        .limit(Closest.MAX_OFFERED)
                        .toList()
                : near;
    }

    private Plan plan() {
        return switch (estate.resolution().peers(ask)) {
            case PeerBlocks.Everyone _ -> plan(List.of(), List.of());
            case PeerBlocks.Named(var blocks, var missing) -> plan(blocks, missing);
            case PeerBlocks.Inexpressible(var gap) -> plan(List.of(), List.of(gap));
        };
    }

    private Plan plan(List<CidrBlock> peers, List<Gap> peerGaps) {
        var parts =
                estate.resolution().enforcers(ask).stream()
                        .map(enforcer -> estate.resolution().part(ask, enforcer, peers))
                        .flatMap(Optional::stream)
                        .toList();
        var gaps = new ArrayList<>(peerGaps);
        if (length(parts) > MAX_LENGTH) {
            gaps.add(tooLong(parts, peers));
            parts = List.of();
        }
        gaps.addAll(Placements.gaps(estate, ask));
        return new Plan(
                ask,
                parts,
                gaps,
                Reaching.reach(estate, ask),
                new Protection(estate, ask, peers).sentences(protectedScopes));
    }

    private static long length(List<Part> parts) {
        var length = 0L;
        for (var part : parts) {
            length += PART_OVERHEAD + part.enforcer().toString().length();
            for (var subject : part.subjects()) {
                length += ITEM_OVERHEAD + subject.toString().length();
            }
            for (var peer : part.peers()) {
                length += peer.value().length() + 3;
            }
        }
        return length;
    }

    private Gap tooLong(List<Part> parts, List<CidrBlock> peers) {
        return new Gap(
                ask.subject() + " to " + ask.peer(),
                ("it comes to %d enforcers with %d addresses each, more than one order can hold;"
                                + " name a smaller scope, or an address block as the other end")
                        .formatted(parts.size(), peers.size()));
    }
}
