package dev.firebreak.service.start;

import dev.firebreak.service.local.LocalAgent;
import dev.firebreak.service.wiring.Settings;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/// What runs once everything is wired: says where to go, and waits to be told to stop.
public final class Running implements QuarkusApplication {

    private static final Logger LOG = Logger.getLogger(Running.class);

    private final LocalAgent local;
    private final Path data;

    Running(LocalAgent local, Settings settings) {
        this.local = local;
        data = settings.data();
    }

    @Override
    public int run(String... args) {
        var url = System.getProperty("firebreak.url", "");
        new Nameplate(data)
                .putUp(url, Optional.ofNullable(Listen.shownCertificate()).map(Path::of));
        greeting(url).forEach(LogLines.areJson() ? LOG::info : System.out::println);
        Quarkus.waitForExit();
        return 0;
    }

    /// All that somebody needs who sees it for the first time.
    private List<String> greeting(String url) {
        return List.of(
                "Firebreak is ready: " + url,
                "  console   open that address in a browser; any user name, and a token as the"
                        + " password",
                "  token     " + token(data.resolve("admin.token")),
                "  terminal  ./firebreak status" + (isUsual() ? "" : " --data " + data),
                "  enforcer  "
                        + local.unavailable()
                                .map("none on this machine. "::concat)
                                .orElseGet(() ->
                                        "%s, of this machine, connects in a moment: ./firebreak enforcers"
                                                .formatted(local.name())));
    }

    private static String token(Path file) {
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
