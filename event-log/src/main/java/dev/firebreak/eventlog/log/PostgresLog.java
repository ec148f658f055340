package dev.firebreak.eventlog.log;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.log.Append.Lane;
import dev.firebreak.eventlog.term.ResponderName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The log on PostgreSQL: everything that happened in one order without gaps, each event durable
/// before it is acknowledged and chained by its hash to all before it.
///
/// Any number of replicas may have the same log open. Reading and appending are safe from any
/// thread.
public final class PostgresLog implements EventStorageEngine, AutoCloseable {

    /// Where [#appendEvents] leaves the position of the last event (a `Long`), in the resources of
    /// the root of the unit of work that it was called in.
    public static final String POSITION_RESOURCE = "dev.firebreak.eventlog.position";

    /// At most so many events are appended at once, and read at once.
    public static final int MAX_EVENTS = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(PostgresLog.class);

    private static final long UNNOTED = -1;

    private static final Duration ANNOUNCE_EVERY = Duration.ofMillis(2);

    /// So much of the log's end could be cut off without a trace in the database.
    private static final Duration CHECKPOINT_EVERY = Duration.ofSeconds(1);

    private final DataSource source;
    private final LogConnections connections;
    private final Readers readers;
    private final LogReader reader;
    private final Wakeups wakeups = new Wakeups();
    private final AppendQueue queue = new AppendQueue();
    private final Appender appender;
    private final AppendDoor door;
    private final Aftermath announcement;
    private final Aftermath checkpoint;
    private final Listener listener;

    private PostgresLog(DataSource source, InstantSource clock, Duration patience) {
        this.source = source;
        this.connections = new LogConnections(source);
        this.readers = new Readers(connections);
        this.reader = new LogReader(readers);
        this.appender =
                new Appender(
                        queue,
                        new HeadWriter(connections, clock),
                        patience,
                        new Answers(this::appended, this::reached));
        this.door = new AppendDoor(queue, appender, patience);
        this.listener = new Listener(connections, wakeups);
        this.announcement = new Aftermath("announcer", ANNOUNCE_EVERY, this::announce);
        this.checkpoint = new Aftermath("checkpoint", CHECKPOINT_EVERY, _ -> noteCheckpoint());
        // Whoever wrote before may have been killed before it noted how far it was.
        checkpoint.reached(UNNOTED);
    }

    /// Opens the log whose schema the migrations made. `source` gives plain connections of the
    /// writing server that nobody else has put into a transaction; the log keeps its own few.
    public static PostgresLog open(DataSource source) {
        return open(source, InstantSource.system());
    }

    /// With a clock of one's own for what is recorded when.
    public static PostgresLog open(DataSource source, InstantSource clock) {
        return open(source, clock, Appender.PATIENCE);
    }

    static PostgresLog open(DataSource source, InstantSource clock, Duration patience) {
        return new PostgresLog(source, clock, patience);
    }

    /// The position of the last event, 0 while there is none.
    public long head() {
        return readers.read(Queries::head).position();
    }

    /// The next entries behind a position, at most [#MAX_EVENTS]; fewer only at the end of the log.
    public List<LogEntry> read(long after, int limit) {
        return reader.read(after, limit);
    }

    /// What a follower takes next: perhaps fewer than there are, none only at the end of the log.
    List<LogEntry> next(long after) {
        return reader.next(after, Following.BATCH);
    }

    /// The last position recorded before an instant, 0 when there is none.
    public long positionBefore(Instant instant) {
        return readers.read(connection -> Queries.before(connection, instant));
    }

    /// Calls the follower with every entry behind `after`, in order, from a thread of its own.
    public Following follow(String name, long after, Follower follower) {
        return new Following(name, after, this, wakeups, follower).started();
    }

    /// The door for what judges nothing: telemetry, and the record of refusals. Returns when the
    /// events are durable, with the position of the last one.
    public long record(List<? extends Event> events, Provenance provenance) {
        var prepared =
                events.stream()
                        .map(event -> telemetry(UUID.randomUUID(), event, provenance))
                        .toList();
        return append(prepared, Lane.TELEMETRY);
    }

    /// Like [#record], and the same `id` again is the same event: it is kept once.
    public long recordOnce(UUID id, Event event, Provenance provenance) {
        return append(List.of(telemetry(id, event, provenance)), Lane.TELEMETRY);
    }

    /// What happened in one stream, in order, at most [#MAX_EVENTS] entries behind a position.
    public List<LogEntry> stream(String stream, long after) {
        return reader.stream(stream, after);
    }

    /// What happened in any of these streams and has a field that is this name (`C-7F3K9QX`,
    /// `containment/C-7F3K9QX`), in order, at most [#MAX_EVENTS] entries behind a position. It
    /// looks into every event of the streams.
    public List<LogEntry> mentions(List<String> streams, String name, long after) {
        return reader.mentions(streams, "\"%s\"".formatted(name), after);
    }

    /// What a command key was used for before, if it was.
    public Optional<KeyUse> findKey(ResponderName by, String key) {
        return readers.read(connection -> Queries.key(connection, by, key));
    }

    /// Recomputes the chain of hashes over the whole log.
    public Verification verify() {
        return ChainVerifier.verify(source);
    }

    /// How many events were met that this release cannot read.
    public int unreadable() {
        return reader.unreadable();
    }

    /// How many appends wait for their turn.
    public int waiting() {
        return queue.waiting();
    }

    @Override
    public void appendEvents(List<? extends EventMessage<?>> events) {
        var last = append(AxonEvents.prepared(events), Lane.DECISION);
        CurrentUnitOfWork.ifStarted(unit -> unit.root().resources().put(POSITION_RESOURCE, last));
    }

    /// Snapshots are not kept: streams are short, and a snapshot is a second truth to be wrong.
    @Override
    public void storeSnapshot(DomainEventMessage<?> snapshot) {}

    @Override
    public Optional<DomainEventMessage<?>> readSnapshot(String aggregateIdentifier) {
        return Optional.empty();
    }

    /// Ends at the present end of the log; Axon asks again by itself.
    @Override
    public Stream<? extends TrackedEventMessage<?>> readEvents(
            @Nullable TrackingToken token, boolean mayBlock) {
        return reader.tracked(position(token));
    }

    @Override
    public DomainEventStream readEvents(String aggregateIdentifier, long firstSequenceNumber) {
        return DomainEventStream.of(reader.domain(aggregateIdentifier, firstSequenceNumber));
    }

    @Override
    public Optional<Long> lastSequenceNumberFor(String aggregateIdentifier) {
        return readers.read(connection -> Queries.lastSequence(connection, aggregateIdentifier));
    }

    @Override
    public TrackingToken createTailToken() {
        return new GlobalSequenceTrackingToken(0);
    }

    @Override
    public TrackingToken createHeadToken() {
        return new GlobalSequenceTrackingToken(head());
    }

    @Override
    public TrackingToken createTokenAt(Instant instant) {
        return new GlobalSequenceTrackingToken(positionBefore(instant));
    }

    /// Appends what waits, then ends. Followers are to be closed before.
    @Override
    public void close() {
        appender.close();
        announcement.close();
        checkpoint.close();
        listener.close();
        readers.close();
    }

    private long append(List<PreparedEvent> events, Lane lane) {
        if (events.isEmpty()) {
            return head();
        }
        if (events.size() > MAX_EVENTS) {
            throw new IllegalArgumentException(
                    "%d events at once; at most %d".formatted(events.size(), MAX_EVENTS));
        }
        return door.append(events, lane);
    }

    private void appended(List<LogEntry> entries) {
        reader.remember(entries);
        reached(entries.getLast().position());
    }

    private void reached(long position) {
        wakeups.reached(position);
        checkpoint.reached(position);
        if (listener.hasCompany()) {
            announcement.reached(position);
        }
    }

    /// To other replicas; what is not said here they find by looking, a little later.
    private void announce(long position) {
        readers.read(connection -> Queries.tell(connection, position));
    }

    private void noteCheckpoint() {
        if (!readers.read(Queries::noteCheckpoint)) {
            LOG.error(
                    "the log does not bear out its own checkpoint: it was cut off or written anew."
                            + " Keep the database as it is, and run: firebreak audit verify");
        }
    }

    boolean hasCompany() {
        return listener.hasCompany();
    }

    LogConnections connections() {
        return connections;
    }

    Wakeups wakeups() {
        return wakeups;
    }

    List<StoredEvent> rows(long after, int limit) {
        return reader.rows(after, limit);
    }

    private static PreparedEvent telemetry(UUID id, Event event, Provenance provenance) {
        return new PreparedEvent(id, event, PreparedEvent.NO_SEQUENCE, provenance, "");
    }

    private static long position(@Nullable TrackingToken token) {
        return token == null ? 0 : token.position().orElse(0);
    }
}
