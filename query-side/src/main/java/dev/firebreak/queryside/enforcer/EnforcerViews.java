package dev.firebreak.queryside.enforcer;

import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.queryside.Witness;
import dev.firebreak.queryside.projection.Looking;
import dev.firebreak.queryside.projection.Projection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.StatelessSession;

/// The enforcers there are, by name.
public final class EnforcerViews {
    public static final int MAX_LISTED = 10_000;

    private static final String HELD =
            """
            select p.enforcer, count(*) from PartRow p, ContainmentRow c
            where p.generation = :g and c.generation = :g and c.id = p.containment
              and p.state in ('HELD', 'HELD_EXCEPT', 'VERIFIED')
              and c.stage in ('PUSHING', 'CONTAINED', 'CONTAINED_EXCEPT', 'RELEASING')
            group by p.enforcer
            """;
    private static final String LOST =
            "select enforcer, lost from FlowSourceRow where generation = :g";

    /// Of one that the views do not show, or do not show yet.
    private static final String NOT_KNOWN = "whether it is heard is not known at present";

    private final Looking views;
    private final Witness witness;

    public EnforcerViews(Looking views, Witness witness) {
        this.views = views;
        this.witness = witness;
    }

    public static Projection projection() {
        return new EnforcerProjection();
    }

    public List<EnforcerView> list(Instant now) {
        return views.look((session, generation) -> list(session, generation, now));
    }

    public Optional<EnforcerView> find(EnforcerName name, Instant now) {
        return list(now).stream()
                .filter(view -> view.enforcer().equals(name.toString()))
                .findFirst();
    }

    /// Those of them that would not come to hold anything now, each with the reason, which follows
    /// on "but".
    public Map<EnforcerName, String> hindered(Collection<EnforcerName> some, Instant now) {
        return views.look((session, generation) -> hindered(session, generation, some, now));
    }

    private Map<EnforcerName, String> hindered(
            StatelessSession session, int generation, Collection<EnforcerName> some, Instant now) {
        var hindered = new HashMap<EnforcerName, String>();
        some.forEach(name -> hindered.put(name, NOT_KNOWN));
        for (var row : rows(session, generation)) {
            var name = EnforcerName.parse(row.name);
            if (hindered.remove(name) != null) {
                seen(row).hindrance(now).ifPresent(why -> hindered.put(name, why));
            }
        }
        return hindered;
    }

    private List<EnforcerView> list(StatelessSession session, int generation, Instant now) {
        var held = counts(session, generation, HELD);
        var lost = counts(session, generation, LOST);
        return rows(session, generation).stream()
                .map(row -> view(row, seen(row), held, lost, now))
                .toList();
    }

    private static List<EnforcerRow> rows(StatelessSession session, int generation) {
        return session.createSelectionQuery(
                        "from EnforcerRow where generation = :g order by name", EnforcerRow.class)
                .setParameter("g", generation)
                .setMaxResults(MAX_LISTED)
                .getResultList();
    }

    private Seen seen(EnforcerRow row) {
        return Seen.of(row, witness.heard(EnforcerName.parse(row.name)));
    }

    private static EnforcerView view(
            EnforcerRow row,
            Seen seen,
            Map<String, Long> held,
            Map<String, Long> lost,
            Instant now) {
        return new EnforcerView(
                row.name,
                seen.state(),
                seen.text(now),
                seen.since(),
                row.version,
                row.kernel,
                seen.heardAt(),
                row.certificateEndsAt,
                seen instanceof Seen.Ahead ? null : held.getOrDefault(row.name, 0L),
                lost.getOrDefault(row.name, 0L));
    }

    private static Map<String, Long> counts(
            StatelessSession session, int generation, String query) {
        var counts = new HashMap<String, Long>();
        session.createSelectionQuery(query, Object[].class)
                .setParameter("g", generation)
                .getResultList()
                .forEach(row -> counts.put((String) row[0], (Long) row[1]));
        return counts;
    }
}
