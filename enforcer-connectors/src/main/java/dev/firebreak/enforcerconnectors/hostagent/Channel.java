package dev.firebreak.enforcerconnectors.hostagent;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/// The line to one agent, as far as a session needs it: frames go out in order, or not at all.
interface Channel {

    /// False when the line is down or the agent does not read what it was sent.
    boolean send(String frame);

    /// Whether the other end answers within that time.
    CompletionStage<Boolean> isAlive(Duration within);

    void close(CloseCode code, String reason);

    /// Where the other end is, for the log.
    String remote();
}
