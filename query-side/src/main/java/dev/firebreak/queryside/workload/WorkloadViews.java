package dev.firebreak.queryside.workload;

import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.queryside.projection.Looking;
import dev.firebreak.queryside.projection.Projection;
import java.util.List;
import java.util.Optional;

/// The workloads there are, by name. A page holds at most [#MAX_LISTED]; the next one starts behind
/// the name of its last.
public final class WorkloadViews {
    public static final int MAX_LISTED = 1_000;

    private final Looking views;

    public WorkloadViews(Looking views) {
        this.views = views;
    }

    public static Projection projection() {
        return new WorkloadProjection();
    }

    public Optional<WorkloadView> find(WorkloadName name) {
        return views.look((session, generation) ->
                Optional.ofNullable(
                                session.get(
                                        WorkloadRow.class,
                                        new WorkloadRow.Key(generation, name.toString())))
                        .map(WorkloadViews::view));
    }

    /// `after` is empty for the first page.
    public List<WorkloadView> list(String after, int limit) {
        return views.look((session, generation) ->
                session
                        .createSelectionQuery(
                                """
                                from WorkloadRow
                                where generation = :g and name > :after
                                order by name
                                """,
                                WorkloadRow.class)
                        .setParameter("g", generation)
                        .setParameter("after", after)
                        .setMaxResults(Math.clamp(limit, 1, MAX_LISTED))
                        .getResultList()
                        .stream()
                        .map(WorkloadViews::view)
                        .toList());
    }

    private static WorkloadView view(WorkloadRow row) {
        return new WorkloadView(
                row.name,
                row.environment,
                row.owner,
                row.labels.isEmpty() ? Labels.NONE : Labels.parse(row.labels),
                PlacementJson.read(row.placements),
                row.deployedBy,
                row.deployedAt);
    }
}
