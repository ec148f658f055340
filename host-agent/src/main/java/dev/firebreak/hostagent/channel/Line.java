package dev.firebreak.hostagent.channel;

import dev.firebreak.hostagent.protocol.Frames;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One connection: whole frames in, frames out in order, and its end.
final class Line implements WebSocket.Listener {

    static final Duration CHECK = Duration.ofSeconds(1);
    private static final Duration PING_EVERY = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(30);
    private static final int MOST_UNSENT = 2_048;
    private static final int ABNORMAL = 1006;

    private final Consumer<String> heard;
    private final StringBuilder partial = new StringBuilder();
    private final AtomicInteger unsent = new AtomicInteger();
    private final Object sending = new Object();
    private CompletableFuture<?> lastSent = CompletableFuture.completedFuture(null);
    private volatile @Nullable WebSocket socket;
    private volatile boolean ended;
    private volatile int closeCode = ABNORMAL;
    private volatile String closeReason = "";
    private volatile long lastHeard = System.nanoTime();
    private long lastPing = System.nanoTime();

    Line(Consumer<String> heard) {
        this.heard = heard;
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        lastHeard = System.nanoTime();
        if (partial.length() + data.length() > Frames.LARGEST_FRAME) {
            end(1009, "frame too large");
            abort();
            return null;
        }
        partial.append(data);
        if (last) {
            String whole = partial.toString();
            partial.setLength(0);
            heard.accept(whole);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onPong(WebSocket from, ByteBuffer message) {
        lastHeard = System.nanoTime();
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        end(code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        end(ABNORMAL, String.valueOf(error.getMessage()));
    }

    void send(String frame) {
        WebSocket to = socket;
        if (to == null || ended) {
            return;
        }
        if (unsent.incrementAndGet() > MOST_UNSENT) {
            end(ABNORMAL, "the service does not read");
            abort();
            return;
        }
        inOrder(() -> to.sendText(frame, true));
    }

    /// Pings at intervals, and ends a line on which nothing was heard for long.
    void checkAlive() {
        long now = System.nanoTime();
        if (now - lastHeard > SILENCE.toNanos()) {
            end(ABNORMAL, "nothing heard for " + SILENCE.toSeconds() + " s");
            return;
        }
        WebSocket to = socket;
        if (to != null && !ended && now - lastPing > PING_EVERY.toNanos()) {
            lastPing = now;
            unsent.incrementAndGet();
            inOrder(() -> to.sendPing(ByteBuffer.allocate(0)));
        }
    }

    private interface Sending {
        CompletableFuture<WebSocket> start();
    }

    /// The JDK takes one message at a time; the next starts when the last is out.
    private void inOrder(Sending next) {
        synchronized (sending) {
            lastSent =
                    lastSent.thenCompose(_ -> next.start())
                            .whenComplete((_, failure) -> {
                                unsent.decrementAndGet();
                                if (failure != null) {
                                    end(ABNORMAL, String.valueOf(failure.getMessage()));
                                }
                            });
        }
    }

    private void end(int code, String reason) {
        if (!ended) {
            closeCode = code;
            closeReason = reason;
            ended = true;
        }
    }

    boolean ended() {
        return ended;
    }

    int closeCode() {
        return closeCode;
    }

    String closeReason() {
        return closeReason;
    }

    void abort() {
        WebSocket to = socket;
        if (to != null) {
            to.abort();
        }
    }
}
