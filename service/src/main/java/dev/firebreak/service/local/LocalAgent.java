package dev.firebreak.service.local;

import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome.Refused;
import dev.firebreak.commandside.enforcer.EnforcerCommand.OfferEnrolment;
import dev.firebreak.enforcerconnectors.hostagent.AgentAuthority;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.segmentation.KnownEnforcer;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.wiring.Settings;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The agent of this machine: whether there can be one, what it is called, and how it is let in. It
/// enrols like any other, by a one-time token over mTLS.
@Singleton
public class LocalAgent {

    private static final Logger LOG = Logger.getLogger(LocalAgent.class);

    private static final String AGENT_JAR = "host-agent/target/host-agent.jar";

    /// Small on purpose: the agent shares the host with the workloads it guards.
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "-Xmx32m",
                    "-XX:+UseSerialGC",
                    "-XX:TieredStopAtLevel=1");

    private final Settings settings;
    private final LiveEstate estate;
    private final Commands commands;
    private final AgentAuthority authority;
    private final String jdbcUrl;
    private final Clock clock;

    LocalAgent(
            Settings settings,
            LiveEstate estate,
            Commands commands,
            AgentAuthority authority,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String jdbcUrl,
            Clock clock) {
        this.settings = settings;
        this.estate = estate;
        this.commands = commands;
        this.authority = authority;
        this.jdbcUrl = jdbcUrl;
        this.clock = clock;
    }

    /// Starts it, or says in the log why this machine enforces nothing.
    public @Nullable LocalEnforcer start(int gatewayPort) { // null where there can be none
        var unavailable = unavailable();
        if (unavailable.isPresent()) {
            LOG.warnf("no local enforcer: %s", unavailable.get());
            return null;
        }
        called().refuseAnother();
        var local = new LocalEnforcer(() -> command(gatewayPort));
        local.start();
        return local;
    }

    /// Why this machine has no enforcer of its own; empty when it has one.
    public Optional<String> unavailable() {
        if (!settings.localEnforcer().enabled()) {
            return Optional.of("It is switched off by --without-local-enforcer.");
        }
        if (!System.getProperty("os.name").startsWith("Linux")) {
            return Optional.of(
                    "It needs Linux, and this is " + System.getProperty("os.name") + ".");
        }
        if (!"root".equals(System.getProperty("user.name"))) {
            return Optional.of("It needs root; start Firebreak with sudo to enforce here, too.");
        }
        if (!Files.isRegularFile(jar())) {
            return Optional.of("The host agent is not built: %s is missing.".formatted(jar()));
        }
        return Optional.empty();
    }

    public EnforcerName name() {
        return called().name();
    }

    private LocalName called() {
        return new LocalName(settings.localEnforcer().name(), certificate());
    }

    private ProcessBuilder command(int gatewayPort) {
        var command = new ArrayList<String>();
        // The agent ends with the thread that started it, so a killed service leaves none behind.
        command.addAll(List.of("setpriv", "--pdeathsig", "TERM", "--"));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-jar", jar().toString()));
        command.addAll(List.of("--service", "https://127.0.0.1:" + gatewayPort));
        command.addAll(List.of("--state", state().toString()));
        command.addAll(List.of("--never-deny", lifelines().toString()));
        settings.localEnforcer()
                .cgroupRoot()
                .ifPresent(root -> command.addAll(List.of("--cgroup-root", root.toString())));
        if (!isEnrolled()) {
            command.addAll(List.of("--token-file", newToken().toString()));
        }
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private boolean isEnrolled() {
        return Files.exists(certificate())
                && estate.read(e -> e.enforcer(name()))
                        .filter(known -> known.standing().isEnrolled())
                        .map(KnownEnforcer::certificateEndsAt)
                        .filter(end -> clock.instant().isBefore(end))
                        .isPresent();
    }

    private Path newToken() {
        var token = authority.newToken(name());
        var now = clock.instant();
        var offer =
                new OfferEnrolment(
                        name(),
                        token.hash(),
                        now.plus(settings.agents().tokenLife()),
                        Responder.FIREBREAK,
                        now);
        var origin = Origin.firebreak(Surface.SETUP, UUID.randomUUID());
        if (commands.send(offer, origin) instanceof Refused(_, var sentence)) {
            LOG.warnf("local enforcer is given no token: %s", sentence);
        }
        return written("token", token.text());
    }

    private Path lifelines() {
        try {
            return written("never-deny", String.join("\n", Lifelines.of(jdbcUrl)) + "\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path written(String name, String text) {
        try {
            Files.createDirectories(
                    state(),
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
            var file = state().resolve(name);
            Files.deleteIfExists(file);
            Files.createFile(
                    file,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, text, StandardOpenOption.WRITE);
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Path state() {
        return settings.data().resolve("local-agent");
    }

    private Path certificate() {
        return state().resolve("agent.crt");
    }

    private Path jar() {
        return settings.home().orElse(Path.of(".")).resolve(AGENT_JAR);
    }
}
