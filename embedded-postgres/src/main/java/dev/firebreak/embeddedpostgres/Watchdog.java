package dev.firebreak.embeddedpostgres;

import java.io.IOException;

/// Stops PostgreSQL when we die, where the kernel cannot be asked to: a shell that waits for the
/// end of a pipe that only we hold open.
///
/// Weaker than the kernel's way: who kills the shell too leaves PostgreSQL running until the next
/// start stops it.
final class Watchdog implements AutoCloseable {
    private static final String WAIT = "trap '' INT TERM HUP; read -r _; kill -INT \"$1\"";

    private final Process shell;

    private Watchdog(Process shell) {
        this.shell = shell;
    }

    static Watchdog over(Process postgres) throws IOException {
        var pid = Long.toString(postgres.pid());
        return new Watchdog(
                new ProcessBuilder("/bin/sh", "-c", WAIT, "postgres-watchdog", pid)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start());
    }

    /// Called off before the number of an ended PostgreSQL could be given to a stranger.
    @Override
    public void close() {
        shell.destroyForcibly();
    }
}
