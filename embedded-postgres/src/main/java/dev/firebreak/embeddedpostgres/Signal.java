package dev.firebreak.embeddedpostgres;

import java.io.IOException;

/// PostgreSQL's three ways to stop. Java's own `destroy` sends TERM, which waits for clients for
/// ever.
enum Signal {
    /// Fast: sessions are ended, everything is written, nothing to recover.
    INT,
    /// Immediate: as in a crash; the next start recovers.
    QUIT,
    KILL;

    void send(ProcessHandle target) {
        if (!target.isAlive()) {
            return;
        }
        try {
            new ProcessBuilder("/bin/kill", "-" + name(), Long.toString(target.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            throw new EmbeddedPostgresException(
                    "Process %d could not be signalled: /bin/kill did not start."
                            .formatted(target.pid()),
                    missing);
        }
    }
}
