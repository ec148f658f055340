package dev.firebreak.commandside.command;

import dev.firebreak.eventlog.term.Responder;
import java.time.Instant;

/// Something that is asked for. It carries its own time and whoever asks, so deciding needs no
/// clock.
public interface Command {

    /// The stream it is about, for example `containment/C-7F3K9QX`.
    String target();

    Instant at();

    /// What makes the difference, as it reads behind the command and its target in a sentence: `by
    /// 4h`. Told of what was refused, since no event of it is written; empty when there is nothing.
    default String detail() {
        return "";
    }

    /// Who asks. What nobody in particular asks, Firebreak does: receipts, lapses, channels.
    default Responder by() {
        return Responder.FIREBREAK;
    }
}
