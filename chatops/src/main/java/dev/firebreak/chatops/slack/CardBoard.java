package dev.firebreak.chatops.slack;

import dev.firebreak.chatops.ContainmentReading;
import dev.firebreak.chatops.Readings;
import dev.firebreak.chatops.Unavailable;
import dev.firebreak.chatops.slack.CardLedger.Card;
import dev.firebreak.chatops.slack.CardPoster.Outcome;
import dev.firebreak.chatops.slack.CardQueue.Due;
import dev.firebreak.chatops.slack.CardQueue.Pace;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.log.Follower;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.term.ContainmentId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One card in a channel for each containment, changed in place as it lives. It follows the log
/// only to hear that something changed; what it shows is read afresh. Nobody waits for it: when
/// Slack is away, cards are late and containments are not.
public final class CardBoard implements Follower, AutoCloseable {

    private static final Logger LOG = System.getLogger(CardBoard.class.getName());

    private static final int MAX_AT_START = 1_000;
    private static final Duration READING_PATIENCE = Duration.ofSeconds(2);
    private static final Duration CLAIM = Duration.ofSeconds(30);
    private static final Duration IDLE = Duration.ofMinutes(1);
    private static final Duration CLOSING = Duration.ofSeconds(6);

    private final Readings readings;
    private final CardLedger ledger;
    private final CardPoster poster;
    private final Optional<String> home;
    private final InstantSource clock;
    private final String replica = UUID.randomUUID().toString();
    private final CardQueue queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Thread worker;
    private volatile boolean closed;

    public CardBoard(
            SlackSettings settings, Readings readings, CardLedger ledger, InstantSource clock) {
        this(settings, readings, ledger, clock, Pace.SLACK, SlackApi.PATIENCE);
    }

    CardBoard(
            SlackSettings settings,
            Readings readings,
            CardLedger ledger,
            InstantSource clock,
            Pace pace,
            Duration patience) {
        var token =
                settings.botToken()
                        .orElseThrow(() -> new IllegalArgumentException("cards need a bot token"));
        var api = new SlackApi(SlackApi.client(), settings.apiUrl(), token, patience);
        this.readings = readings;
        this.ledger = ledger;
        this.clock = clock;
        home = settings.channel();
        poster = new CardPoster(api, new Tickets(settings.signingSecrets()), home);
        queue = new CardQueue(pace);
        worker = Thread.ofPlatform().daemon().name("slack-cards").unstarted(this::run);
    }

    /// Begins, with every card that may be behind after whatever happened while nobody looked.
    public void start() {
        ledger.unfinished(MAX_AT_START).forEach(id -> note(id, 0));
        readings.running(MAX_AT_START).stream()
                .map(ContainmentReading::id)
                .forEach(id -> note(id, 0));
        worker.start();
    }

    @Override
    public void take(List<LogEntry> entries) {
        for (var entry : entries) {
            if (entry.event() instanceof ContainmentEvent event) {
                note(event.containment(), entry.position());
            }
        }
    }

    /// Its card shall stand in this channel, if it is not posted yet. A private conversation with
    /// the bot is no place for it.
    public void goesTo(ContainmentId containment, String channel) {
        try {
            if (channel.startsWith("C") || channel.startsWith("G")) {
                ledger.choose(containment, channel);
            }
        } catch (Unavailable _) {
            LOG.log(Level.WARNING, "slack card channel not kept containment={0}", containment);
        }
    }

    /// How many cards are behind; for a gauge.
    public int waiting() {
        lock.lock();
        try {
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private void note(ContainmentId id, long position) {
        lock.lock();
        try {
            if (!queue.changed(id, position, clock.instant())) {
                LOG.log(Level.WARNING, "slack card not noted: too many wait containment={0}", id);
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            for (var due = await(); due.isPresent(); due = await()) {
                bringOrPark(due.get());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// The next card that is due; nothing once this is closed.
    private Optional<Due> await() throws InterruptedException {
        lock.lock();
        try {
            while (!closed) {
                var now = clock.instant();
                var due = queue.next(now);
                if (due.isPresent()) {
                    return due;
                }
                var wait = queue.wakeUp().map(at -> Duration.between(now, at)).orElse(IDLE);
                var bounded = wait.compareTo(IDLE) > 0 ? IDLE : wait;
                changed.await(Math.max(1, bounded.toMillis()), TimeUnit.MILLISECONDS);
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// One card that breaks us must not take the others with it.
    private void bringOrPark(Due due) throws InterruptedException {
        try {
            settle(due, bring(due));
        } catch (Unavailable away) {
            settle(due, new Outcome.Later(away.toString(), Optional.empty()));
        } catch (RuntimeException broken) { // Parked until its next change, and told to people.
            LOG.log(Level.ERROR, "slack card broke containment=" + due.containment(), broken);
            settle(due, new Outcome.Never("it broke"));
        }
    }

    private Outcome bring(Due due) throws InterruptedException {
        if (!readings.awaitPosition(due.position(), READING_PATIENCE)) {
            return new Outcome.Later("the views are behind", Optional.empty());
        }
        var reading = readings.containment(due.containment());
        if (reading.isEmpty()) {
            return new Outcome.Never("there is no such containment");
        }
        var now = clock.instant();
        if (!ledger.claim(due.containment(), replica, now, now.plus(CLAIM))) {
            return new Outcome.Later("another replica is at it", Optional.empty());
        }
        var card =
                ledger.find(due.containment())
                        .filter(each -> !each.channel().isEmpty())
                        .or(() -> home.map(channel -> Card.in(channel, due.containment())));
        if (card.isEmpty()) {
            return new Outcome.Never("no channel is set for cards");
        }
        return poster.bring(card.get(), reading.get());
    }

    private void settle(Due due, Outcome outcome) {
        var now = clock.instant();
        if (outcome instanceof Outcome.Shows(var card)) {
            ledger.save(card, now);
        }
        lock.lock();
        try {
            switch (outcome) {
                case Outcome.Shows _ -> queue.shown(due, now);
                case Outcome.Later(var why, var quiet) -> later(due, why, quiet, now);
                case Outcome.Never(var why) -> {
                    queue.dropped(due);
                    LOG.log(
                            Level.WARNING,
                            "slack card not shown containment={0} why={1}",
                            due.containment(),
                            why);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void later(Due due, String why, Optional<Duration> quiet, Instant now) {
        quiet.ifPresent(rest -> queue.quiet(now.plus(rest)));
        var again = queue.failed(due, now);
        LOG.log(
                again ? Level.INFO : Level.WARNING,
                "slack card late containment={0} why={1} again={2}",
                due.containment(),
                why,
                again);
    }

    @Override
    public void close() {
        closed = true;
        worker.interrupt();
        try {
            if (worker.isAlive() && !worker.join(CLOSING)) {
                LOG.log(Level.WARNING, "slack cards did not stop in time");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
