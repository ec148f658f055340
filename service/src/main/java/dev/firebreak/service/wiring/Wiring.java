package dev.firebreak.service.wiring;

import dev.firebreak.commandside.alarm.SteadyClock;
import dev.firebreak.commandside.axon.AxonCommands;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Plans;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.enforcerconnectors.hostagent.AgentAuthority;
import dev.firebreak.eventlog.log.DurabilityCheck;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.queryside.Views;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.start.CannotStart;
import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.Typed;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.postgresql.ds.PGSimpleDataSource;

/// The rooms' ports, and what stands behind each.
final class Wiring {

    private static final Logger LOG = Logger.getLogger(Wiring.class);

    private static final int CONNECT_WITHIN_SECONDS = 5;
    private static final int LOGIN_WITHIN_SECONDS = 10;

    private Wiring() {}

    /// A clock that wall-clock steps do not move: an hour forward must end no deny early.
    @Produces
    @Singleton
    static SteadyClock clock() {
        return new SteadyClock();
    }

    @Produces
    @Singleton
    static PostgresLog log(PGSimpleDataSource source) {
        var findings = DurabilityCheck.look(source);
        if (!findings.refusals().isEmpty()) {
            throw new CannotStart(String.join(" ", findings.refusals()));
        }
        findings.warnings().forEach(LOG::warn);
        return PostgresLog.open(source);
    }

    static void close(@Disposes PostgresLog log) {
        log.close();
    }

    @Produces
    @Singleton
    static Views views(
            AgroalDataSource source,
            PostgresLog log,
            LiveEstate estate,
            Instance<Enforcement> enforcement) {
        return Views.open(source, log, new Sight(estate, enforcement));
    }

    static void close(@Disposes Views views) {
        views.close();
    }

    @Produces
    @Singleton
    static LiveEstate estate(Settings settings) {
        return new LiveEstate(protectedScopes(settings));
    }

    @Produces
    @Singleton
    static Guardrails guardrails(Settings settings, LiveEstate estate) {
        return Bounds.guardrails(settings, new EstateFacts(estate));
    }

    @Produces
    @Singleton
    @Typed(Commands.class)
    static InTurn commands(AxonCommands commands, LiveEstate estate) {
        return new InTurn(commands, estate);
    }

    @Produces
    @Singleton
    @Typed(AxonCommands.class)
    static AxonCommands decider(PostgresLog log, Guardrails guardrails) {
        return new AxonCommands(log, guardrails);
    }

    static void close(@Disposes AxonCommands commands) {
        commands.close();
    }

    @Produces
    @Singleton
    static Plans plans(LiveEstate estate, Settings settings, Clock clock) {
        return new EstatePlans(estate, protectedScopes(settings), clock);
    }

    @Produces
    @Singleton
    static FirstAdmin firstAdmin(
            AxonCommands commands, LiveEstate estate, Clock clock, Settings settings) {
        return new FirstAdmin(commands, estate, clock, settings.data());
    }

    @Produces
    @Singleton
    static AgentAuthority authority(Settings settings, Clock clock) {
        return AgentAuthority.openOrCreate(settings.data().resolve("agents"), clock);
    }

    /// For those who keep connections of their own: nobody else's transaction may ever reach them.
    @Produces
    @Singleton
    static PGSimpleDataSource source(
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String url,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser(user);
        source.setPassword(password);
        source.setApplicationName("firebreak-log");
        source.setConnectTimeout(CONNECT_WITHIN_SECONDS);
        source.setLoginTimeout(LOGIN_WITHIN_SECONDS);
        source.setTcpKeepAlive(true);
        return source;
    }

    private static List<Scope> protectedScopes(Settings settings) {
        try {
            return settings.protectedScopes().orElse(List.of()).stream().map(Scope::parse).toList();
        } catch (InvalidTerm invalid) {
            throw new CannotStart(
                    "The setting firebreak.protected-scopes cannot be read. "
                            + invalid.getMessage());
        }
    }
}
