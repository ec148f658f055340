package dev.firebreak.enforcerconnectors.enforcer;

import dev.firebreak.eventlog.term.EnforcerName;
import java.util.concurrent.CompletionStage;

/// One place where denies are held, as far as it can be reached now.
///
/// Neither stage ever fails: what goes wrong in the world is a [Receipt] or an [Observation] of its
/// own, and an answer that does not come in time is unknown. A caller has one request at a time
/// under way; requests are idempotent and fenced by generation, so repeating one is always safe.
public interface Enforcer {

    EnforcerName name();

    Capabilities capabilities();

    /// Brings these changes about and answers after reading them back.
    CompletionStage<Receipt> apply(Directive directive);

    /// Reads everything that is held, whoever put it there under our mark.
    CompletionStage<Observation> observe();

    /// Gives this way of reaching it up; what is held stays held. Repeating it does nothing.
    void close(String why);
}
