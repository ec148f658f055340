package dev.firebreak.service.start;

import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.local.LocalAgent;
import dev.firebreak.service.wiring.Settings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.Logger;

/// What runs once everything is wired: says where to go, and waits to be told to stop.
public final class Running implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(Running.class);

    private final LocalAgent local;
    private final LiveEstate estate;
    private final Clock clock;
    private final Path data;

    Running(LocalAgent local, LiveEstate estate, Clock clock, Settings settings) {
        this.local = local;
        this.estate = estate;
        this.clock = clock;
        data = settings.data();
    }

    @Override
    public int run(String... args) {
        var url = System.getProperty("firebreak.url", "");
        new Nameplate(data)
                .putUp(url, Optional.ofNullable(Listen.shownCertificate()).map(Path::of));
        greeting(url).lines().forEach(this::say);
        Quarkus.waitForExit();
        say(estate.read(e -> Farewell.at(e, clock.instant())).sentence());
        return 0;
    }

    private void say(String line) {
        if (LogLines.areJson()) {
            LOG.info(line);
        } else {
            System.out.println(line);
        }
    }

    private Greeting greeting(String url) {
        var place = isUsual() ? Optional.<Path>empty() : Optional.of(data);
        return local.unavailable()
                .map(why -> new Greeting(url, place, token(), "none on this machine. " + why))
                .orElseGet(() -> Greeting.withEnforcer(url, place, token(), local.name()));
    }

    private String token() {
        var file = data.resolve("admin.token");
        return Files.exists(file)
                ? "the admin's is in " + file
                : "the admin's was moved from %s, or made by another replica".formatted(file);
    }

    private boolean isUsual() {
        try {
            return Files.isSameFile(data, DataDirectory.DEFAULT);
        } catch (IOException _) {
            return false; // There is no usual one.
        }
    }
}
