package dev.firebreak.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/// Everything around one run, so that a run can be tested without a process.
record Terminal(
        Answers out,
        PrintStream err,
        Map<String, String> environment,
        Path home,
        InstantSource clock,
        ZoneId zone) {

    static Terminal ofThisProcess() {
        return new Terminal(
                Answers.to(new FileOutputStream(FileDescriptor.out), System.out.charset()),
                System.err,
                System.getenv(),
                home(System.getenv().getOrDefault("HOME", "")),
                InstantSource.system(),
                ZoneId.systemDefault());
    }

    /// As the shell has it; Java would ask the list of users and not see a HOME that was set.
    private static Path home(String variable) {
        return Path.of(variable.isEmpty() ? System.getProperty("user.home") : variable);
    }

    String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
