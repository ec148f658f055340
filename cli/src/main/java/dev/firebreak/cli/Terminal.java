package dev.firebreak.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Map;

/// Everything around one run, so that a run can be tested without a process.
record Terminal(
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Path home,
        InstantSource clock,
        ZoneId zone) {

    static Terminal ofThisProcess() {
        return new Terminal(
                System.out,
                System.err,
                System.getenv(),
                Path.of(System.getProperty("user.home")),
                InstantSource.system(),
                ZoneId.systemDefault());
    }

    String variable(String name) {
        return environment.getOrDefault(name, "").strip();
    }
}
