package dev.firebreak.whole;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Servers that say back what they hear.
final class Echo {

    /// As many as a test has denies that end at once.
    private static final int BACKLOG = 1_000;

    private Echo() {}

    /// Serves an echo on this port, 0 for any that is free, until this process ends.
    static int serve(String address, int port) throws IOException {
        var server = new ServerSocket(port, BACKLOG, InetAddress.getByName(address));
        Thread.ofPlatform().daemon().start(() -> accept(server));
        return server.getLocalPort();
    }

    /// The same for datagrams.
    static int serveDatagrams(String address) throws IOException {
        var server = new DatagramSocket(0, InetAddress.getByName(address));
        Thread.ofPlatform().daemon().start(() -> answer(server));
        return server.getLocalPort();
    }

    private static void answer(DatagramSocket server) {
        var datagram = new DatagramPacket(new byte[1], 1);
        try (server) {
            while (true) {
                server.receive(datagram);
                server.send(datagram);
            }
        } catch (IOException _) {
            // An answer that is refused ends it: the sender is told by silence.
            return;
        }
    }

    private static void accept(ServerSocket server) {
        while (!server.isClosed()) {
            try {
                var session = server.accept();
                Thread.ofVirtual().start(() -> echoAll(session));
            } catch (IOException _) {
                return;
            }
        }
    }

    private static void echoAll(Socket session) {
        try (session) {
            session.getInputStream().transferTo(session.getOutputStream());
        } catch (IOException _) {
            // The session was ended: that is what tests look at from the other side.
            return;
        }
    }
}
