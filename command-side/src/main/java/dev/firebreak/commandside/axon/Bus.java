package dev.firebreak.commandside.axon;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.containment.ContainmentShell;
import dev.firebreak.commandside.control.AutomationShell;
import dev.firebreak.commandside.deployment.WorkloadShell;
import dev.firebreak.commandside.enforcer.MembershipShell;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.responder.AccountShell;
import dev.firebreak.commandside.shell.Handled;
import dev.firebreak.eventlog.log.EventMetaData;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.log.Provenance;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.common.lock.PessimisticLockFactory;
import org.axonframework.config.AggregateConfigurer;
import org.axonframework.config.Configuration;
import org.axonframework.config.Configurer;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.messaging.GenericMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.correlation.SimpleCorrelationDataProvider;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.axonframework.serialization.json.JacksonSerializer;

/// Axon, put together by hand: the aggregates, their cache, the log as the event store. A command
/// is handled by the thread that sends it, and the call returns after its commit.
final class Bus implements AutoCloseable {

    /// Ten seconds in all, then whoever waits for a busy aggregate is told so.
    private static final int LOCK_ATTEMPTS = 10;

    private static final int LOCK_ATTEMPT_MILLIS = 1_000;

    private final AggregateCache cache = new AggregateCache();
    private final Configuration axon;
    private final CommandBus commands;

    Bus(PostgresLog log, Guardrails guardrails) {
        // Not `true`: that would load an update checker that phones home.
        var configurer = DefaultConfigurer.defaultConfiguration(false);
        axon = configure(configurer, log, guardrails).start();
        commands = axon.commandBus();
        commands.registerHandlerInterceptor(Bus::keepUnit);
    }

    /// What came of a command, and where it stands in the log when something was written.
    record Sent(Handled handled, OptionalLong position) {}

    /// Returns what the aggregate answered once that is durable, or throws why it is not.
    Sent send(Command command, Provenance provenance, String key) {
        var message =
                new GenericCommandMessage<>(
                        new GenericMessage<>(
                                provenance.causation().toString(),
                                command,
                                EventMetaData.of(provenance, key)),
                        command.getClass().getName());
        var answer = new AtomicReference<CommandResultMessage<? extends Kept>>();
        commands.<Command, Kept>dispatch(message, (_, result) -> answer.set(result));
        var result = answer.get();
        if (result.isExceptional()) {
            throw unchecked(result.exceptionResult());
        }
        var kept = result.getPayload();
        return new Sent(kept.handled(), kept.position());
    }

    /// Makes the next command on this stream read it from the log.
    void forget(String stream) {
        cache.remove(stream);
    }

    @Override
    public void close() {
        axon.shutdown();
    }

    /// The answer with its unit of work, in whose resources the log leaves the position.
    private record Kept(Handled handled, UnitOfWork<?> unit) {
        OptionalLong position() {
            return unit.root().resources().get(PostgresLog.POSITION_RESOURCE) instanceof Long last
                    ? OptionalLong.of(last)
                    : OptionalLong.empty();
        }
    }

    private static Object keepUnit(
            UnitOfWork<? extends CommandMessage<?>> unit, InterceptorChain chain) throws Exception {
        return new Kept((Handled) chain.proceed(), unit);
    }

    private Configurer configure(Configurer configurer, PostgresLog log, Guardrails guardrails) {
        var json = JacksonSerializer.defaultSerializer();
        configurer
                .configureSerializer(_ -> json)
                .configureMessageSerializer(_ -> json)
                .configureEventSerializer(_ -> json)
                .configureEmbeddedEventStore(_ -> log)
                .configureCorrelationDataProviders(_ ->
                        List.of(
                                new SimpleCorrelationDataProvider(
                                        EventMetaData.KEYS.toArray(String[]::new))))
                .registerComponent(Guardrails.class, _ -> guardrails);
        for (var aggregate :
                List.of(
                        ContainmentShell.aggregate(),
                        WorkloadShell.aggregate(),
                        MembershipShell.aggregate(),
                        AccountShell.aggregate(),
                        AutomationShell.aggregate())) {
            configurer.configureAggregate(withCache(aggregate));
        }
        return configurer;
    }

    private <A> AggregateConfigurer<A> withCache(AggregateConfigurer<A> aggregate) {
        var locks =
                PessimisticLockFactory.builder()
                        .acquireAttempts(LOCK_ATTEMPTS)
                        .lockAttemptTimeout(LOCK_ATTEMPT_MILLIS)
                        .build();
        return aggregate.configureCache(_ -> cache).configureLockFactory(_ -> locks);
    }

    private static RuntimeException unchecked(Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        return failure instanceof RuntimeException unchecked
                ? unchecked
                : new IllegalStateException("a command failed", failure);
    }
}
