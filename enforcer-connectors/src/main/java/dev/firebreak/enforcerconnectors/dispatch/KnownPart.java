package dev.firebreak.enforcerconnectors.dispatch;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.segmentation.KnownContainment;
import dev.firebreak.segmentation.Stage;
import java.time.Instant;
import java.util.Optional;

/// One enforcer's part of one containment that was ordered, as the log has it. `told` is the last
/// word about it, `expiresAt` when the enforcer was to let go by itself.
record KnownPart(
        ContainmentId containment,
        EnforcerName enforcer,
        Demand demand,
        Instant expiresAt,
        Optional<PartReport> told) {

    /// What the log asks of the enforcer.
    enum Demand {
        HOLD,
        /// Its time is up and the log has not released it yet.
        WAIT,
        LET_GO
    }

    /// Empty for a containment that was never ordered, or of which nothing is left.
    static Optional<KnownPart> of(KnownContainment known, EnforcerName enforcer, Instant now) {
        return switch (known.stage()) {
            case Stage.Running running ->
                    Optional.of(
                            part(
                                    known,
                                    enforcer,
                                    running.isActive(now) ? Demand.HOLD : Demand.WAIT,
                                    running.expiresAt()));
            case Stage.Releasing(Stage.Running was, _, _, _, _) ->
                    Optional.of(part(known, enforcer, Demand.LET_GO, was.expiresAt()));
            case Stage.Releasing _,
                    Stage.Requested _,
                    Stage.AwaitingApproval _,
                    Stage.Declined _,
                    Stage.Lifted _ ->
                    Optional.empty();
        };
    }

    PartState state() {
        return told.map(PartReport::state).orElse(PartState.PENDING);
    }

    private static KnownPart part(
            KnownContainment known, EnforcerName enforcer, Demand demand, Instant expiresAt) {
        var told = Optional.ofNullable(known.reports().get(enforcer));
        return new KnownPart(known.id(), enforcer, demand, expiresAt, told);
    }
}
