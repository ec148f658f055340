package dev.firebreak.embeddedpostgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How PostgreSQL's programs are started: under which account, in a session of their own (a Ctrl-C
/// in the terminal is ours to answer), and bound to our life.
///
/// Where `setpriv` exists the kernel binds them: they are told to stop when the *thread* that
/// forked them ends. Elsewhere (macOS) `Watchdog` does it.
record Launch(Account account) {
    private static final List<String> WHERE = List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin");

    Process start(Path workingDirectory, ProcessBuilder.Redirect output, List<String> command)
            throws IOException {
        var builder = new ProcessBuilder(wrapped(command));
        builder.directory(workingDirectory.toFile());
        builder.redirectErrorStream(true).redirectOutput(output);
        clean(builder.environment());
        return builder.start();
    }

    static boolean kernelBinds() {
        return tool("setpriv").isPresent();
    }

    private List<String> wrapped(List<String> command) {
        var all = new ArrayList<String>();
        tool("setsid").ifPresent(all::add);
        var setpriv = tool("setpriv");
        if (setpriv.isPresent()) {
            all.add(setpriv.get());
            all.addAll(identity());
            all.addAll(List.of("--no-new-privs", "--pdeathsig", "INT", "--"));
        } else if (!account.ourselves()) {
            throw new EmbeddedPostgresException(
                    "PostgreSQL refuses to run as root, and setpriv (util-linux), which would start it as %s, is missing. Install it, or start as an ordinary user."
                            .formatted(account.name()));
        }
        all.addAll(command);
        return all;
    }

    private List<String> identity() {
        return account.ourselves()
                ? List.of()
                : List.of("--reuid=" + account.uid(), "--regid=" + account.gid(), "--clear-groups");
    }

    /// PGPORT, PGDATA and a strange locale of the caller must not reach the server.
    private static void clean(Map<String, String> environment) {
        environment.clear();
        environment.put("PATH", String.join(File.pathSeparator, WHERE));
        environment.put("LC_ALL", "C");
        environment.put("TZ", "UTC");
    }

    private static Optional<String> tool(String name) {
        return WHERE.stream()
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst();
    }
}
