package dev.firebreak.service.start;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import org.jboss.logging.Logger;

/// What runs once everything is wired: says where to go, and waits to be told to stop.
public final class Running implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(Running.class);

    @Override
    public int run(String... args) {
        var ready = "Firebreak is ready: " + System.getProperty("firebreak.url");
        if (LogLines.areJson()) {
            LOG.info(ready);
        } else {
            System.out.println(ready);
        }
        Quarkus.waitForExit();
        return 0;
    }
}
