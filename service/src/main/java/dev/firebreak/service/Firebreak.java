package dev.firebreak.service;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;

/// Starts everything in one process tree.
@QuarkusMain
public final class Firebreak {

    private Firebreak() {}

    public static void main(String... args) {
        Quarkus.run(args);
    }
}
