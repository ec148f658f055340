package dev.firebreak.enforcerconnectors.hostagent;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A channel over a WebSocket of Vert.x.
final class WebSocketChannel implements Channel {

    /// What an agent has not read yet is bounded to a few frames; beyond that it is out of reach.
    static final int MAX_UNREAD_BYTES = 2 * Wire.MAX_FRAME_BYTES;

    private static final int MAX_REASON_BYTES = 120;

    private final Vertx vertx;
    private final ServerWebSocket socket;
    private final List<CompletableFuture<Boolean>> waiting = new ArrayList<>();

    WebSocketChannel(Vertx vertx, ServerWebSocket socket) {
        this.vertx = vertx;
        this.socket = socket;
        socket.setWriteQueueMaxSize(MAX_UNREAD_BYTES);
        socket.pongHandler(_ -> isHere());
    }

    @Override
    public boolean send(String frame) {
        if (socket.isClosed() || socket.writeQueueFull()) {
            return false;
        }
        var _ = socket.writeTextMessage(frame);
        return true;
    }

    @Override
    public CompletionStage<Boolean> isAlive(Duration within) {
        var answer = new CompletableFuture<Boolean>();
        if (socket.isClosed()) {
            answer.complete(false);
            return answer;
        }
        synchronized (waiting) {
            waiting.add(answer);
        }
        vertx.setTimer(within.toMillis(), _ -> answer.complete(false));
        var _ = socket.writePing(Buffer.buffer());
        return answer;
    }

    @Override
    public void close(CloseCode code, String reason) {
        if (!socket.isClosed()) {
            var plain = Texts.line(reason);
            var _ =
                    socket.close(
                            code.number(),
                            plain.substring(0, Math.min(plain.length(), MAX_REASON_BYTES)));
        }
    }

    @Override
    public String remote() {
        return String.valueOf(socket.remoteAddress());
    }

    private void isHere() {
        synchronized (waiting) {
            waiting.forEach(answer -> answer.complete(true));
            waiting.clear();
        }
    }
}
