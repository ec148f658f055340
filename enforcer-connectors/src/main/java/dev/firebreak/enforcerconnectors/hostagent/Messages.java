package dev.firebreak.enforcerconnectors.hostagent;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Puts the fragments of a WebSocket message together, as long as it stays within its bounds.
final class Messages implements Handler<WebSocketFrame> {

    private final AgentSession session;
    private Buffer message = Buffer.buffer();

    Messages(AgentSession session) {
        this.session = session;
    }

    @Override
    public void handle(WebSocketFrame frame) {
        if (frame.isBinary()) {
            session.close(CloseCode.MALFORMED, "Frames are text.");
        } else if (frame.isText() || frame.isContinuation()) {
            add(frame);
        }
    }

    private void add(WebSocketFrame frame) {
        var part = frame.binaryData();
        if (message.length() + part.length() > Wire.MAX_FRAME_BYTES) {
            message = Buffer.buffer();
            session.close(CloseCode.TOO_LARGE, "A frame has at most 1 MiB.");
            return;
        }
        message.appendBuffer(part);
        if (frame.isFinal()) {
            var whole = message.getBytes();
            message = Buffer.buffer();
            text(whole);
        }
    }

    private void text(byte[] utf8) {
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            session.text(decoder.decode(ByteBuffer.wrap(utf8)).toString());
        } catch (CharacterCodingException _) {
            session.close(CloseCode.MALFORMED, "Frames are UTF-8.");
        }
    }
}
