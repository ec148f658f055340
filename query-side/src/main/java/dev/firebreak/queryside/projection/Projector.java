package dev.firebreak.queryside.projection;

import dev.firebreak.eventlog.log.Follower;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.queryside.projection.ProjectionRow.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.hibernate.StatelessSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps all projections up with the log, and lets their views read what is served.
public final class Projector implements Follower, Looking, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Projector.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Storage storage;
    private final Generations generations;
    private final Filling serving;
    private final Rebuild rebuild;
    private final PostgresLog log;
    private volatile boolean closed;

    private Projector(Storage storage, int version, List<Projection> all, PostgresLog log) {
        this.storage = storage;
        this.generations = new Generations(storage, version, all);
        this.serving = new Filling(storage, version, all, State.SERVING);
        this.log = log;
        this.rebuild =
                new Rebuild(
                        generations,
                        new Filling(storage, version, all, State.BUILDING),
                        log,
                        InstantSource.system());
    }

    /// Opens views whose tables the migrations made. When older code filled them, or a rebuild was
    /// broken off, a rebuild starts by itself.
    public static Projector open(
            DataSource source, PostgresLog log, int version, List<Projection> projections) {
        var rows =
                Stream.concat(
                                projections.stream().flatMap(each -> each.rows().stream()),
                                Stream.of(ProjectionRow.class, ParkedRow.class))
                        .toList();
        var projector = new Projector(Storage.open(source, rows), version, projections, log);
        if (projector.generations.needsRebuild()) {
            projector.rebuild.start();
        }
        return projector;
    }

    /// Waits for a database that is away: a view that is late is better than one that has stopped.
    @Override
    public void take(List<LogEntry> entries) {
        while (true) {
            try {
                serving.take(entries);
                return;
            } catch (ViewsUnavailable away) {
                if (closed || Thread.currentThread().isInterrupted()) {
                    throw away;
                }
                LOG.warn("views wait for the database position={}", entries.getFirst().position());
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    @Override
    public <T> T look(BiFunction<StatelessSession, Integer, T> look) {
        return generations.look(look);
    }

    /// Everything up to here can be seen; where to follow the log from.
    public long position() {
        return generations.servedPosition();
    }

    /// How many entries of the log cannot be seen yet.
    public long lag() {
        return Math.max(0, log.head() - position());
    }

    /// How many entries were passed by, unreadable or not to be projected.
    public long parked() {
        return generations.parked();
    }

    public Rebuild rebuild() {
        return rebuild;
    }

    @Override
    public void close() {
        closed = true;
        rebuild.close();
        storage.close();
    }
}
