package dev.firebreak.commandside.axon;

import dev.firebreak.commandside.axon.Bus.Sent;
import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Decision.Decided;
import dev.firebreak.commandside.command.Decision.Refusal;
import dev.firebreak.commandside.command.Decision.Stands;
import dev.firebreak.commandside.command.LogUnavailable;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.eventlog.log.CommandKeyUsed;
import dev.firebreak.eventlog.log.KeyUse;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.log.Provenance;
import dev.firebreak.eventlog.log.UnreadableStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.axonframework.common.lock.LockAcquisitionFailedException;
import org.axonframework.modelling.command.AggregateStreamCreationException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes every command to its aggregate and its events into the log.
///
/// Right with any number of replicas over one log: who decided on a state that another has changed
/// since decides again on the new one, so the same command from two sides is one effect and one
/// civil answer.
public final class AxonCommands implements Commands, AutoCloseable {

    /// So often a decision is made anew because another was faster.
    static final int MAX_ATTEMPTS = 10;

    private static final Logger LOG = LoggerFactory.getLogger(AxonCommands.class);

    private final PostgresLog log;
    private final Bus bus;
    private final Refusals refusals;
    private final Lane people = new Lane(Lane.PEOPLE_AT_ONCE, Lane.PATIENCE);
    private final Lane machines = new Lane(Lane.MACHINES_AT_ONCE, Lane.PATIENCE);

    public AxonCommands(PostgresLog log, Guardrails guardrails) {
        this(log, guardrails, InstantSource.system());
    }

    AxonCommands(PostgresLog log, Guardrails guardrails, InstantSource clock) {
        this.log = log;
        this.bus = new Bus(log, guardrails);
        this.refusals = new Refusals(log, clock);
    }

    @Override
    public Outcome send(Command command, Origin origin) {
        if (!command.by().equals(origin.by())) {
            throw new IllegalArgumentException(
                    "%s by %s was sent by %s"
                            .formatted(command.target(), command.by().name(), origin.by().name()));
        }
        var provenance = provenance(origin);
        var lane = Lane.isForPeople(origin.surface()) ? people : machines;
        try (var _ = lane.enter()) {
            return decide(command, provenance, Fingerprint.bind(origin.key(), command));
        } catch (dev.firebreak.eventlog.log.LogUnavailable unavailable) {
            throw new LogUnavailable(
                    String.valueOf(unavailable.getMessage()),
                    unavailable.isNothingAppended(),
                    unavailable);
        } catch (LockAcquisitionFailedException busy) {
            throw new LogUnavailable(
                    "Too much is asked of %s at once. Nothing happened; try again in a moment."
                            .formatted(command.target()),
                    true,
                    busy);
        }
    }

    /// For who may not even see what was asked for: written down as a refused command is, and
    /// within the same budget. `asked` reads like the name of a command.
    public void refused(
            String asked, String target, Outcome.Refused refused, Origin origin, Instant at) {
        refusals.record(asked, target, "", refused, at, provenance(origin));
    }

    /// How many commands of people, and of machines, could come in at this moment.
    public int freePlaces(boolean ofPeople) {
        return ofPeople ? people.free() : machines.free();
    }

    @Override
    public void close() {
        bus.close();
    }

    private static Provenance provenance(Origin origin) {
        return new Provenance(
                origin.by().name(), origin.surface(), origin.correlation(), UUID.randomUUID());
    }

    private Outcome decide(Command command, Provenance provenance, String key) {
        for (var attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
            try {
                var sent = bus.send(command, provenance, key);
                if (isUpToDate(sent, command)) {
                    return outcome(sent, command, provenance, key);
                }
            } catch (ConcurrencyException | AggregateStreamCreationException _) {
                // Another replica was faster.
            } catch (CommandKeyUsed used) {
                bus.forget(command.target());
                return decidedBefore(used.earlier());
            } catch (UnreadableStream unreadable) {
                bus.forget(command.target());
                return undecidable(unreadable, command, provenance, key);
            }
            bus.forget(command.target());
        }
        return refused(
                command,
                provenance,
                new Outcome.Refused(
                        RefusalCode.CONFLICT,
                        "Others keep changing %s at the same moment. Nothing happened; look at it,"
                                        .formatted(command.target())
                                + " and ask again if it is still needed."));
    }

    /// Whoever asks again for what was decided before hears so all the same.
    private Outcome undecidable(
            UnreadableStream unreadable, Command command, Provenance provenance, String key) {
        LOG.error("nothing can be decided: {}", unreadable.getMessage());
        return earlier(provenance, key)
                .orElseGet(() ->
                        refused(
                                command,
                                provenance,
                                new Outcome.Refused(
                                        RefusalCode.UNREADABLE_STREAM,
                                        ("%s cannot be decided on: its event at position %d was"
                                                        + " written by a newer release of Firebreak, or is"
                                                        + " damaged. Nothing was changed; a deny of it"
                                                        + " ends at its time. Bring this service to the"
                                                        + " newest release, and look whether the log is"
                                                        + " whole with: audit verify.")
                                                .formatted(
                                                        unreadable.stream(),
                                                        unreadable.position()))));
    }

    /// What is written is checked by the log. What is not was perhaps decided on an old state.
    private boolean isUpToDate(Sent sent, Command command) {
        return switch (sent.handled().decision()) {
            case Decided<?> _ -> true;
            case Stands<?> _, Refusal<?> _ ->
                    log.lastSequenceNumberFor(command.target()).map(last -> last + 1).orElse(0L)
                            == sent.handled().eventsKnown();
        };
    }

    private Outcome outcome(Sent sent, Command command, Provenance provenance, String key) {
        return switch (sent.handled().decision()) {
            case Decided<?> _ ->
                    new Outcome.Accepted(command.target(), sent.position().orElseGet(log::head));
            case Stands<?>(var sentence) ->
                    earlier(provenance, key)
                            .orElseGet(() -> new Outcome.Already(command.target(), sentence));
            case Refusal<?>(var code, var sentence) ->
                    earlier(provenance, key)
                            .orElseGet(() ->
                                    refused(
                                            command,
                                            provenance,
                                            new Outcome.Refused(code, sentence)));
        };
    }

    private Outcome refused(Command command, Provenance provenance, Outcome.Refused refused) {
        refusals.record(command, refused, provenance);
        return refused;
    }

    /// What became of this very request before. Where something is written the log looks itself.
    private Optional<Outcome> earlier(Provenance provenance, String key) {
        return key.isEmpty()
                ? Optional.empty()
                : log.findKey(provenance.by(), key).map(AxonCommands::decidedBefore);
    }

    private static Outcome decidedBefore(KeyUse earlier) {
        return new Outcome.Already(
                earlier.stream(),
                "This very request was decided before, on %s; it is not done twice."
                        .formatted(earlier.stream()));
    }
}
