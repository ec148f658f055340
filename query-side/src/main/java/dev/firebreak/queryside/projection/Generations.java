package dev.firebreak.queryside.projection;

import dev.firebreak.queryside.projection.ProjectionRow.State;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/// The generations of the views: the one that is served, and while there is a rebuild the one that
/// is built beside it.
///
/// Whoever writes to a generation holds the lock of its row until the commit, and that row says up
/// to where it is. So a batch counts once, however many replicas bring it and wherever one dies. A
/// rebuild locks the row of the built one first, then that of the served one.
final class Generations {
    private final Storage storage;
    private final int version;
    private final List<Projection> projections;

    Generations(Storage storage, int version, List<Projection> projections) {
        this.storage = storage;
        this.version = version;
        this.projections = List.copyOf(projections);
    }

    /// Takes the served generation over when it is empty; says whether it was filled by older code
    /// and has to be rebuilt, or somebody has already begun to.
    boolean needsRebuild() {
        return storage.write(session -> {
            var serving = Locked.served(session);
            if (serving.position == 0 && serving.version < version) {
                serving.version = version;
                session.update(serving);
            }
            return serving.version < version || Locked.row(session, State.BUILDING).isPresent();
        });
    }

    long servedPosition() {
        return storage.read(session -> row(session, State.SERVING).orElseThrow().position);
    }

    Optional<Long> builtPosition() {
        return storage.read(session -> row(session, State.BUILDING).map(row -> row.position));
    }

    long parked() {
        return look((session, generation) ->
                session.createSelectionQuery(
                                "select count(*) from ParkedRow where generation = :g", Long.class)
                        .setParameter("g", generation)
                        .getSingleResult());
    }

    <T> T look(BiFunction<StatelessSession, Integer, T> look) {
        return storage.read(session ->
                look.apply(session, row(session, State.SERVING).orElseThrow().generation));
    }

    /// Begins a generation at position 0, or goes on with one that was begun.
    void begin(Instant now) {
        storage.write(session -> {
            Locked.served(session);
            var begun = Locked.row(session, State.BUILDING);
            begun.filter(row -> row.version < version).ifPresent(row -> discard(session, row));
            if (begun.filter(row -> row.version >= version).isEmpty()) {
                session.insert(fresh(next(session), now));
            }
            return true;
        });
    }

    /// Serves the built generation from now on, if it has come as far as the served one; false when
    /// it has not.
    boolean swap() {
        return storage.write(session -> {
            var built = Locked.row(session, State.BUILDING);
            var serving = Locked.served(session);
            if (built.isEmpty() || built.get().position < serving.position) {
                return built.isEmpty();
            }
            serving.state = State.RETIRED;
            session.update(serving);
            built.get().state = State.SERVING;
            session.update(built.get());
            return true;
        });
    }

    /// Removes what is no longer served.
    void clean() {
        storage.write(session -> {
            session.createSelectionQuery(
                            "from ProjectionRow where state = :state", ProjectionRow.class)
                    .setParameter("state", State.RETIRED)
                    .setHibernateLockMode(LockMode.PESSIMISTIC_WRITE)
                    .getResultList()
                    .forEach(row -> discard(session, row));
            return true;
        });
    }

    private void discard(StatelessSession session, ProjectionRow row) {
        Stream.concat(
                        projections.stream().flatMap(projection -> projection.rows().stream()),
                        Stream.of(ParkedRow.class))
                .forEach(type ->
                        session.createMutationQuery(
                                        "delete from %s where generation = :g"
                                                .formatted(type.getSimpleName()))
                                .setParameter("g", row.generation)
                                .executeUpdate());
        session.delete(row);
    }

    private ProjectionRow fresh(int generation, Instant now) {
        var row = new ProjectionRow();
        row.generation = generation;
        row.version = version;
        row.startedAt = now;
        return row;
    }

    private static int next(StatelessSession session) {
        return 1
                + session.createSelectionQuery(
                                "select max(generation) from ProjectionRow", Integer.class)
                        .getSingleResult();
    }

    private static Optional<ProjectionRow> row(StatelessSession session, State state) {
        return session.createSelectionQuery(
                        "from ProjectionRow where state = :state", ProjectionRow.class)
                .setParameter("state", state)
                .uniqueResultOptional();
    }
}
