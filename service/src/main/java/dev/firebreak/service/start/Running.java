package dev.firebreak.service.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;

/// What runs once everything is wired: says where to go, and waits to be told to stop.
public final class Running implements QuarkusApplication {

    @Override
    public int run(String... args) {
        System.out.println("Firebreak is ready: " + System.getProperty("firebreak.url"));
        Quarkus.waitForExit();
        return 0;
    }
}
