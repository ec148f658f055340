package dev.firebreak.queryside.flow;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.queryside.projection.Looking;
import dev.firebreak.queryside.projection.Projection;
import java.util.List;

/// The traffic that denies refused.
public final class DeniedFlowViews {
    public static final int MAX_LISTED = 1_000;

    private final Looking views;

    public DeniedFlowViews(Looking views) {
        this.views = views;
    }

    public static Projection projection() {
        return new FlowProjection();
    }

    /// What this containment refused, the latest first.
    public List<DeniedFlowView> of(ContainmentId containment, int limit) {
        return views.look((session, generation) ->
                session
                        .createSelectionQuery(
                                """
                                from DeniedFlowRow
                                where generation = :g and containment = :c
                                order by lastAt desc, fingerprint
                                """,
                                DeniedFlowRow.class)
                        .setParameter("g", generation)
                        .setParameter("c", containment.value())
                        .setMaxResults(Math.clamp(limit, 1, MAX_LISTED))
                        .getResultList()
                        .stream()
                        .map(DeniedFlowViews::view)
                        .toList());
    }

    private static DeniedFlowView view(DeniedFlowRow row) {
        return new DeniedFlowView(
                row.containment,
                row.enforcer,
                row.direction,
                row.protocol,
                row.peer,
                row.port,
                row.packets,
                row.bytes,
                row.firstAt,
                row.lastAt,
                row.fingerprint);
    }
}
