package dev.firebreak.queryside.containment;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.queryside.Witness;
import dev.firebreak.queryside.containment.Hearing.Absence;
import dev.firebreak.queryside.projection.Looking;
import dev.firebreak.queryside.projection.Projection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.StatelessSession;

/// The containments there are and were, latest first.
public final class ContainmentViews {
    public static final int MAX_LISTED = 500;

    private final Looking views;
    private final Witness witness;

    public ContainmentViews(Looking views, Witness witness) {
        this.views = views;
        this.witness = witness;
    }

    public static Projection projection() {
        return new ContainmentProjection();
    }

    /// Which of them to list.
    public enum Which {
        /// In force, about to be, or not yet read back as gone.
        ACTIVE,
        /// For a second person's answer.
        WAITING,
        ENDED,
        ALL;

        private List<StoredStage> stages() {
            return switch (this) {
                case ACTIVE -> StoredStage.HELD_BY_ENFORCERS;
                case WAITING -> List.of(StoredStage.ASKED);
                case ENDED -> List.of(StoredStage.ENDED, StoredStage.DECLINED);
                case ALL -> List.of(StoredStage.values());
            };
        }
    }

    public Optional<ContainmentView> find(ContainmentId id, Instant now) {
        return views.look((session, generation) -> {
            var key = new ContainmentRow.Key(generation, id.value());
            var row = Optional.ofNullable(session.get(ContainmentRow.class, key));
            return drawn(session, generation, row.stream().toList(), now).stream().findFirst();
        });
    }

    public List<ContainmentView> list(Which which, int limit, Instant now) {
        return views.look((session, generation) ->
                drawn(session, generation, rows(session, generation, which, limit), now));
    }

    private static List<ContainmentRow> rows(
            StatelessSession session, int generation, Which which, int limit) {
        return session.createSelectionQuery(
                        """
                        from ContainmentRow
                        where generation = :g and stage in (:stages)
                        order by asked desc
                        """,
                        ContainmentRow.class)
                .setParameter("g", generation)
                .setParameterList("stages", which.stages())
                .setMaxResults(Math.clamp(limit, 1, MAX_LISTED))
                .getResultList();
    }

    private List<ContainmentView> drawn(
            StatelessSession session, int generation, List<ContainmentRow> rows, Instant now) {
        var parts = parts(session, generation, rows.stream().map(row -> row.id).toList());
        var hearing = hearing(session, generation);
        return rows.stream()
                .map(row ->
                        Portrait.of(
                                row,
                                parts.getOrDefault(row.id, List.of()),
                                hearing,
                                witness.presence(new ContainmentId(row.id)),
                                now))
                .toList();
    }

    private static Map<String, List<PartRow>> parts(
            StatelessSession session, int generation, Collection<String> containments) {
        return session
                .createSelectionQuery(
                        """
                        from PartRow
                        where generation = :g and containment in (:ids)
                        order by containment, enforcer
                        """,
                        PartRow.class)
                .setParameter("g", generation)
                .setParameterList("ids", containments)
                .getResultList()
                .stream()
                .collect(Collectors.groupingBy(part -> part.containment));
    }

    private static Hearing hearing(StatelessSession session, int generation) {
        var absences = new HashMap<String, Absence>();
        session.createSelectionQuery(
                        """
                        select name, coalesce(heardAt, since), standing from EnforcerRow
                        where generation = :g and standing in ('SILENT', 'REVOKED')
                        """,
                        Object[].class)
                .setParameter("g", generation)
                .getResultList()
                .forEach(row ->
                        absences.put(
                                (String) row[0],
                                new Absence((Instant) row[1], "REVOKED".equals(row[2]))));
        return new Hearing(absences);
    }
}
