package dev.firebreak.commandside.containment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.Decision.Decided;
import dev.firebreak.commandside.command.Decision.Refusal;
import dev.firebreak.commandside.command.Decision.Stands;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.eventlog.event.Event;
import java.util.List;

/// What a test may expect of a decision.
public final class Outcomes {

    private Outcomes() {}

    /// Refused with this code, in a sentence that ends and holds no placeholder.
    public static String refused(Decision<? extends Event> decision, RefusalCode code) {
        assertThat(decision).isInstanceOf(Refusal.class);
        var refusal = (Refusal<?>) decision;
        assertThat(refusal.code()).as(refusal.sentence()).isEqualTo(code);
        assertThat(refusal.sentence()).endsWith(".").doesNotContain("%s", "%d");
        return refusal.sentence();
    }

    public static String stands(Decision<? extends Event> decision) {
        assertThat(decision).isInstanceOf(Stands.class);
        return ((Stands<?>) decision).sentence();
    }

    /// The kinds of what happened, in order.
    public static List<String> kinds(Decision<? extends Event> decision) {
        assertThat(decision).isInstanceOf(Decided.class);
        return decision.events().stream().map(e -> e.getClass().getSimpleName()).toList();
    }
}
