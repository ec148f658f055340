package dev.firebreak.chatops.slack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Sends headers that promise a body, and then nothing.
final class StallingServer implements AutoCloseable {

    private static final String HEADERS =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n";

    private final ServerSocket door;
    private final ConcurrentLinkedQueue<Socket> callers = new ConcurrentLinkedQueue<>();

    StallingServer() {
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        Thread.ofPlatform().daemon().start(this::answer);
    }

    URI url() {
        return URI.create("http://127.0.0.1:%d/api/".formatted(door.getLocalPort()));
    }

    private void answer() {
        try {
            while (!door.isClosed()) {
                var caller = door.accept();
                callers.add(caller);
                caller.getOutputStream().write(HEADERS.getBytes(UTF_8));
                caller.getOutputStream().flush();
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (var caller : callers) {
            caller.close();
        }
    }
}
