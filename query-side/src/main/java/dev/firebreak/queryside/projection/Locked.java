package dev.firebreak.queryside.projection;

import dev.firebreak.queryside.projection.ProjectionRow.State;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.StatelessSession;

/// The rows that say how far a generation is, locked to the end of the transaction.
final class Locked {
    /// The served generation may be swapped while its lock is waited for, but not again and again.
    private static final int MAX_ATTEMPTS = 3;

    private Locked() {}

    static ProjectionRow served(StatelessSession session) {
        for (var attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            var row = row(session, State.SERVING);
            if (row.isPresent()) {
                return row.get();
            }
        }
        throw new IllegalStateException("no generation of the views is served");
    }

    static Optional<ProjectionRow> row(StatelessSession session, State state) {
        return session.createSelectionQuery(
                        "from ProjectionRow where state = :state", ProjectionRow.class)
                .setParameter("state", state)
                .setHibernateLockMode(LockMode.PESSIMISTIC_WRITE)
                .uniqueResultOptional();
    }
}
