package dev.firebreak.eventlog.log;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Follows the log and publishes every event to Kafka, at least once, in the order of its stream
/// and recognisable by its id. A broker that is away costs nothing but [#lag].
///
/// Of several replicas one publishes at a time; another takes over from the position noted last.
public final class KafkaPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaPublisher.class);

    private static final String PUBLISHER = "kafka";
    private static final int BATCH = 500;
    private static final Duration LOOK_EVERY = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE_WITHIN = Duration.ofSeconds(10);

    private final PostgresLog log;
    private final KafkaSettings settings;
    private final Thread thread;
    private volatile @Nullable Producer<String, byte[]>
            current; // none while another replica publishes
    private volatile long end;
    private volatile long position;
    private volatile Optional<Exception> trouble = Optional.empty();
    private volatile boolean closed;

    private KafkaPublisher(PostgresLog log, KafkaSettings settings) {
        this.log = log;
        this.settings = settings;
        this.thread = Thread.ofPlatform().name("log-kafka").daemon().unstarted(this::run);
    }

    /// Starts where the last publisher of this log stopped; needs no broker to be there.
    public static KafkaPublisher start(PostgresLog log, KafkaSettings settings) {
        var publisher = new KafkaPublisher(log, settings);
        publisher.thread.start();
        return publisher;
    }

    /// How many events of the log the broker does not have yet, as far as this replica knows.
    public long lag() {
        return Math.max(0, Math.max(end, log.wakeups().end()) - position);
    }

    /// Everything up to here is with the broker.
    public long position() {
        return position;
    }

    /// What stands in the way at present, if anything is known to.
    public Optional<Exception> trouble() {
        return trouble;
    }

    /// Gives up what is under way; it is sent again by whoever publishes next.
    @Override
    public void close() {
        closed = true;
        abort();
        log.wakeups().lookAgain();
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_WITHIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!closed) {
            try {
                publishWhenLocked();
            } catch (SQLException | LogUnavailable | KafkaException failed) {
                stumbled(failed);
            } catch (InterruptedException _) {
                closed = true;
            }
        }
    }

    private void stumbled(Exception failed) {
        if (!closed) {
            trouble = Optional.of(failed);
            LOG.warn("log publisher starts afresh position={} lag={}", position, lag(), failed);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void publishWhenLocked() throws SQLException, InterruptedException {
        try (var connection = log.connections().forPublishing()) {
            var noted = new PublisherPosition(connection, PUBLISHER);
            var ours = noted.tryLock();
            position = noted.read();
            end = log.head();
            if (ours) {
                publish(noted);
            } else {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            }
        }
    }

    private void publish(PublisherPosition noted) throws SQLException, InterruptedException {
        try (var producer = new KafkaProducer<String, byte[]>(settings.producer())) {
            current = producer;
            var batch = new KafkaBatch(producer, () -> closed);
            while (!closed) {
                publishNext(batch, noted);
            }
        } finally {
            abort();
            current = null;
        }
    }

    private void publishNext(KafkaBatch batch, PublisherPosition noted)
            throws SQLException, InterruptedException {
        var rows = log.rows(position, BATCH);
        if (rows.isEmpty()) {
            trouble = Optional.empty();
            log.wakeups().await(position, LOOK_EVERY);
            return;
        }
        batch.deliver(
                rows.stream()
                        .map(row -> CloudEvents.record(settings.topic(), settings.source(), row))
                        .toList());
        var last = rows.getLast().position();
        noted.note(last);
        position = last;
    }

    /// A producer that waits for a broker lets go only when it is closed at once.
    private void abort() {
        var producer = current;
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }
}
