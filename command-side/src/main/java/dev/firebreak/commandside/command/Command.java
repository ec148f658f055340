package dev.firebreak.commandside.command;

import dev.firebreak.eventlog.term.Responder;
import java.time.Instant;

/// Something that is asked for. It carries its own time and whoever asks, so deciding needs no
/// clock.
public interface Command {

    /// The stream it is about, for example `containment/C-7F3K9QX`.
    String target();

    Instant at();

    /// Who asks. What nobody in particular asks, Firebreak does: receipts, lapses, channels.
    default Responder by() {
        return Responder.FIREBREAK;
    }
}
