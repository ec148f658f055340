package dev.firebreak.service;

import dev.firebreak.service.start.Up;
import io.quarkus.runtime.annotations.QuarkusMain;

/// The main class of the service: `./firebreak up` ends up here.
@QuarkusMain
public final class Firebreak {

    private Firebreak() {}

    public static void main(String... args) {
        System.exit(Up.commandLine().execute(args));
    }
}
