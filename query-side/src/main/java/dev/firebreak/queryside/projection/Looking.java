package dev.firebreak.queryside.projection;

import java.util.function.BiFunction;
import org.hibernate.StatelessSession;

/// How the views of each kind read: in one consistent look at the generation that is served.
public interface Looking {

    /// Reads, or throws [ViewsUnavailable] when the database does not answer.
    <T> T look(BiFunction<StatelessSession, Integer, T> look);
}
