package dev.firebreak.bench.contain;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// One byte over loopback and back, between two threads.
final class Echo implements AutoCloseable {

    private final ServerSocket server;
    private final Socket socket;

    Echo() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("echo").start(this::serve);
        socket = new Socket(server.getInetAddress(), server.getLocalPort());
        socket.setTcpNoDelay(true);
    }

    void roundTrip() throws IOException {
        socket.getOutputStream().write('?');
        if (socket.getInputStream().read() != '?') {
            throw new IOException("the echo has ended");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
        server.close();
    }

    private void serve() {
        try (var accepted = server.accept()) {
            accepted.setTcpNoDelay(true);
            accepted.getInputStream().transferTo(accepted.getOutputStream());
        } catch (IOException ended) {
            // Closing ends it so.
            return;
        }
    }
}
