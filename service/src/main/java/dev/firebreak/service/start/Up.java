package dev.firebreak.service.start;

import dev.firebreak.embeddedpostgres.EmbeddedPostgresException;
import dev.firebreak.service.wiring.KnownSettings;
import io.quarkus.runtime.Application;
import io.quarkus.runtime.Quarkus;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `firebreak up`: everything in one process tree, until it is told to stop.
@Command(
        name = "firebreak up",
        mixinStandardHelpOptions = true,
        versionProvider = Release.class,
        sortOptions = false,
        description =
                "Starts Firebreak: the service, PostgreSQL unless one is named, and as root on Linux"
                        + " the host enforcer of this machine. Ctrl-C stops all of it; denies that"
                        + " hold stay until their end, which the kernel keeps by itself.%n")
public final class Up implements Callable<Integer> {

    private static final int OK = 0;
    private static final int FAILED = 1;

    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "Port of the REST API and the console (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--address",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description =
                    "Address to listen on (default: ${DEFAULT-VALUE}). Any other than loopback needs"
                            + " TLS (--tls-certificate, --tls-key) or --without-tls.")
    private String address = "127.0.0.1";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data directory (default: ~/.local/share/firebreak).")
    private Path data = DataDirectory.DEFAULT;

    @Option(
            names = "--agents-port",
            defaultValue = "7443",
            paramLabel = "PORT",
            description = "Port for host agents, always mTLS (default: ${DEFAULT-VALUE}).")
    private int agentsPort;

    @Option(
            names = "--agents-address",
            defaultValue = "127.0.0.1",
            paramLabel = "ADDRESS",
            description =
                    "Address for host agents (default: ${DEFAULT-VALUE}); name this host's own"
                            + " address to let agents of other hosts in.")
    private String agentsAddress = "127.0.0.1";

    @Option(
            names = "--tls-certificate",
            paramLabel = "FILE",
            description = "Certificate chain, PEM.")
    private @Nullable Path tlsCertificate; // absent: no TLS

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "Private key of the certificate, PEM.")
    private @Nullable Path tlsKey; // absent: no TLS

    @Option(
            names = "--without-tls",
            description = "Listen on an address other than loopback in the clear.")
    private boolean withoutTls;

    @Option(
            names = "--without-local-enforcer",
            description = "Do not start the host enforcer of this machine.")
    private boolean withoutLocalEnforcer;

    public static CommandLine commandLine() {
        return new CommandLine(new Up()).setParameterExceptionHandler(Slip::tell);
    }

    @Override
    public Integer call() {
        // Axon would otherwise print an advertisement.
        System.setProperty("disable-axoniq-console-message", "true");
        // An address that is none would be answered with nothing; the REST room says what is wrong.
        System.setProperty("vertx.disableURIValidation", "true");
        try {
            var people = new Door("--port", address, port);
            var agents = new Door("--agents-port", agentsAddress, agentsPort);
            people.isNot(agents);
            return run(
                    new Listen(address, port, tlsCertificate, tlsKey, withoutTls),
                    List.of(people, agents));
        } catch (CannotStart | EmbeddedPostgresException refused) {
            return fail(String.valueOf(refused.getMessage()));
        }
    }

    private int run(Listen listen, List<Door> doors) {
        var config = ConfigProvider.getConfig();
        KnownSettings.check(config, System.getenv().keySet());
        for (var door : doors) {
            door.tryOut();
        }
        var directory = DataDirectory.open(data);
        try (var database = Database.open(directory, config)) {
            new Nameplate(directory.path()).takeDown();
            listen.apply();
            database.apply();
            System.setProperty("firebreak.data", directory.path().toString());
            System.setProperty("firebreak.url", listen.url());
            System.setProperty("firebreak.agents.port", Integer.toString(agentsPort));
            System.setProperty("firebreak.agents.address", agentsAddress);
            System.setProperty(
                    "firebreak.local-enforcer.enabled", Boolean.toString(!withoutLocalEnforcer));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> closeLast(database)));
            var exit = new AtomicInteger(OK);
            Quarkus.run(Running.class, (code, failure) -> exit.set(explain(code, failure)));
            return exit.get();
        }
    }

    private static int fail(String sentence) {
        System.err.println("firebreak: " + sentence);
        return FAILED;
    }

    /// A signal ends the application and the process side by side; PostgreSQL goes when nobody
    /// needs it any more, and before the process does.
    private static void closeLast(Database database) {
        var application = Application.currentApplication();
        if (application != null) {
            application.awaitShutdown();
        }
        database.close();
    }

    /// Between the look at the doors and their opening.
    private static boolean isTaken(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .limit(CannotStart.DEEPEST_CAUSE)
                .anyMatch(BindException.class::isInstance);
    }

    private static int explain(int code, @Nullable Throwable failure) {
        if (failure == null) {
            return code;
        }
        var foreseen = CannotStart.among(failure);
        foreseen.ifPresent(sentence -> fail(String.valueOf(sentence.getMessage())));
        if (foreseen.isEmpty() && isTaken(failure)) {
            fail(
                    "A port was taken by another program while Firebreak started. Free it, or give"
                            + " another with --port or --agents-port.");
        } else if (foreseen.isEmpty()) {
            fail("it broke while starting; this is a mistake of ours. Please report what follows.");
            failure.printStackTrace();
        }
        return FAILED;
    }
}
