package dev.firebreak.bench.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// A throw-away workload: told a line, it does it and says a line. Its sockets are made after it
/// was moved into its cgroup, as those of a real workload are.
public final class Actor {

    private static final int WITHIN = (int) Duration.ofSeconds(2).toMillis();
    private static final PrintStream OUT = System.out;

    /// Sessions that stay open, by the port they lead to.
    private final Map<Integer, Socket> sessions = new HashMap<>();

    private Actor() {}

    public static void main(String[] arguments) throws IOException {
        var actor = new Actor();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        OUT.println("ready");
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            OUT.println(actor.told(line.split(" ", 2)));
        }
    }

    private String told(String[] words) {
        return switch (words[0]) {
            case "serve" -> serve();
            case "open" -> said(() -> open(Integer.parseInt(words[1])));
            case "use" -> said(() -> use(Integer.parseInt(words[1])));
            case "connect" -> said(() -> connect(Integer.parseInt(words[1])));
            default -> "cannot " + words[0];
        };
    }

    private interface Doing {
        String result() throws IOException;
    }

    private static String said(Doing doing) {
        try {
            return doing.result();
        } catch (IOException failed) {
            return String.valueOf(failed.getMessage());
        }
    }

    private static String serve() {
        return said(() -> {
            var server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
            Thread.ofPlatform().daemon().start(() -> accept(server));
            return Integer.toString(server.getLocalPort());
        });
    }

    private static void accept(ServerSocket server) {
        while (true) {
            try {
                var session = server.accept();
                Thread.ofPlatform().daemon().start(() -> echo(session));
            } catch (IOException ended) {
                return;
            }
        }
    }

    private static void echo(Socket session) {
        try (session) {
            session.getInputStream().transferTo(session.getOutputStream());
        } catch (IOException cut) {
            // It was cut, which is what is shown; the client tells of it.
            return;
        }
    }

    private String open(int port) throws IOException {
        var session = connected(port);
        session.setSoTimeout(WITHIN);
        sessions.put(port, session);
        return use(port);
    }

    private String use(int port) throws IOException {
        var session = sessions.get(port);
        if (session == null) {
            return "there is no session";
        }
        session.getOutputStream().write('?');
        return session.getInputStream().read() == '?' ? "ok" : "closed";
    }

    private static String connect(int port) throws IOException {
        connected(port).close();
        return "ok";
    }

    private static Socket connected(int port) throws IOException {
        var socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), WITHIN);
            return socket;
        } catch (IOException refused) {
            socket.close();
            throw refused;
        }
    }
}
