package dev.firebreak.hostagent.channel;

import dev.firebreak.hostagent.Log;
import dev.firebreak.hostagent.deny.Malformed;
import dev.firebreak.hostagent.protocol.Frames;
import dev.firebreak.hostagent.protocol.FromAgent;
import dev.firebreak.hostagent.protocol.FromService;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The line to the service: dialled again for ever with full jitter, renewed on its way, never
/// needed for a deny to hold or to end.
public final class Channel implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int CERTIFICATE_CLOSED = 4401;

    /// Who listens: frames, and each connection's beginning and end.
    public interface Listener {
        void connected();

        /// What was sent last may not have arrived.
        void disconnected();

        /// A frame, and when it came by [System#nanoTime].
        void received(FromService frame, long heard);
    }

    private final Frames frames;
    private final URI service;
    private final Identity identity;
    private final Enrolment enrolment;
    private final Listener listener;
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread = Thread.ofPlatform().daemon().name("channel").unstarted(this::run);
    private volatile boolean closed;
    private volatile @Nullable Line line;
    private Instant renewNotBefore = Instant.EPOCH;
    private volatile boolean renewAsked;

    public Channel(
            Frames frames, URI service, Identity identity, Enrolment enrolment, Listener listener) {
        this.frames = frames;
        this.service = service;
        this.identity = identity;
        this.enrolment = enrolment;
        this.listener = listener;
    }

    public void start() {
        thread.start();
    }

    /// Sends when connected. What is not sent now is not owed: the next hello tells the whole
    /// state.
    public void send(FromAgent frame) {
        Line current = line;
        if (current != null) {
            current.send(frames.write(frame));
        }
    }

    private void run() {
        try {
            while (!closed) {
                renewWhenDue();
                connectAndStay();
                pause(backoff.next());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void connectAndStay() throws InterruptedException {
        var current = new Line(this::heard);
        try (HttpClient client = Enrolment.client(identity.mutual())) {
            try {
                client.newWebSocketBuilder()
                        .connectTimeout(PATIENCE)
                        .buildAsync(webSocket(), current)
                        .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
                Log.line("connected", "service", service.toString());
                use(current);
            } finally {
                current.abort();
                client.shutdownNow();
            }
        } catch (ExecutionException | CompletionException e) {
            Log.line("not connected", "cause", String.valueOf(e.getCause()));
        } catch (TimeoutException | GeneralSecurityException | IOException e) {
            Log.line("not connected", "cause", e.toString());
        }
    }

    private void use(Line current) throws InterruptedException {
        line = current;
        listener.connected();
        try {
            stay(current);
        } finally {
            line = null;
            listener.disconnected();
        }
    }

    /// Until the line ends; looks after the certificate meanwhile, without dropping the line.
    private void stay(Line current) throws InterruptedException {
        while (!closed && !current.ended()) {
            pause(Line.CHECK);
            current.checkAlive();
            renewWhenDue();
        }
        Log.line(
                "disconnected",
                "code",
                Integer.toString(current.closeCode()),
                "reason",
                current.closeReason());
        if (current.closeCode() == CERTIFICATE_CLOSED) {
            renewAsked = true;
        }
    }

    private void renewWhenDue() throws InterruptedException {
        try {
            boolean due = renewAsked || Instant.now().isAfter(identity.renewAt());
            if (!due || Instant.now().isBefore(renewNotBefore)) {
                return;
            }
        } catch (GeneralSecurityException | IOException e) {
            Log.line("certificate unreadable", "cause", e.toString());
            return;
        }
        switch (enrolment.renew()) {
            case Enrolment.Outcome.Enrolled _ -> {
                renewAsked = false;
                renewNotBefore = Instant.EPOCH;
                Log.line("certificate renewed");
            }
            case Enrolment.Outcome.Refused(var code, var sentence) -> {
                renewNotBefore = Instant.now().plus(Backoff.LONGEST);
                Log.line(
                        "certificate not renewed; enrol again with a new token",
                        "code",
                        code,
                        "why",
                        sentence);
            }
            case Enrolment.Outcome.NotNow(var why) -> {
                renewNotBefore = Instant.now().plus(backoff.next()).plus(Backoff.FIRST);
                Log.line("certificate not renewed yet", "why", why);
            }
        }
    }

    private void heard(String text) {
        long heard = System.nanoTime();
        try {
            FromService frame = frames.read(text);
            switch (frame) {
                case FromService.Welcome _ -> backoff.succeeded();
                case FromService.Renew _ -> {
                    renewAsked = true;
                    wake.release();
                }
                case FromService.Plan _,
                        FromService.Tick _,
                        FromService.Observe _,
                        FromService.FlowsStored _,
                        FromService.Unknown _ -> {}
            }
            listener.received(frame, heard);
        } catch (Malformed e) {
            Log.line("frame ignored", "why", String.valueOf(e.getMessage()));
        }
    }

    private URI webSocket() {
        return URI.create("wss://" + service.getRawAuthority() + "/agent/v1/channel");
    }

    /// Ends early when a renewal is asked for, or the channel closes.
    private void pause(Duration time) throws InterruptedException {
        boolean woken = wake.tryAcquire(time.toNanos(), TimeUnit.NANOSECONDS);
        if (woken) {
            wake.drainPermits();
        }
    }

    @Override
    public void close() {
        closed = true;
        wake.release();
        thread.interrupt();
    }
}
