package dev.firebreak.hostagent.kernel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// A process that a test puts into a cgroup and tells what to do on the network, one line a
/// command.
final class Workload {

    private static final int PATIENCE_MILLIS = 400;

    private final Map<String, Socket> sessions = new HashMap<>();
    private final Map<String, DatagramSocket> datagrams = new HashMap<>();

    public static void main(String[] arguments) throws IOException {
        var workload = new Workload();
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        System.out.println("ready");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(workload.answer(line.split(" ", -1)));
        }
    }

    private String answer(String[] words) {
        long began = System.nanoTime();
        String said;
        try {
            said = act(words);
        } catch (IOException e) {
            said = String.valueOf(e.getMessage());
        }
        return said.replace('\n', ' ') + " in " + (System.nanoTime() - began) / 1_000 + " us";
    }

    private String act(String[] w) throws IOException {
        return switch (w[0]) {
            case "listen" -> listen(w[1], Integer.parseInt(w[2]));
            case "connect" -> connect(w[1], w[2], Integer.parseInt(w[3]));
            case "echo" -> echo(w[1]);
            case "say" -> say(w[1]);
            case "read" -> read(w[1]);
            case "hang-up" -> hangUp();
            case "serve-udp" -> serveUdp(w[1], Integer.parseInt(w[2]));
            case "udp" -> udp(w[1], Integer.parseInt(w[2]), Integer.parseInt(w[3]));
            case "connect-udp" -> connectUdp(w[1], w[2], Integer.parseInt(w[3]));
            case "echo-udp" -> echoUdp(w[1]);
            case "scan" -> scan(Integer.parseInt(w[1]), Integer.parseInt(w[2]));
            case "sweep" -> sweep(Integer.parseInt(w[1]), Integer.parseInt(w[2]));
            case "watch" -> watch(w[1], Integer.parseInt(w[2]), Long.parseLong(w[3]));
            case "ping" ->
                    InetAddress.getByName(w[1]).isReachable(PATIENCE_MILLIS) ? "ok" : "unreachable";
            default -> "unknown command";
        };
    }

    private static String listen(String address, int port) throws IOException {
        var server = new ServerSocket(port, 2_048, InetAddress.getByName(address));
        Thread.ofVirtual().start(() -> accept(server));
        return "ok " + server.getLocalPort();
    }

    private static void accept(ServerSocket server) {
        while (true) {
            try {
                Socket session = server.accept();
                Thread.ofVirtual().start(() -> echoAll(session));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void echoAll(Socket session) {
        try (session) {
            session.getInputStream().transferTo(session.getOutputStream());
        } catch (IOException e) {
            // The session was ended: that is what tests look at from the other side.
            return;
        }
    }

    private String connect(String name, String address, int port) throws IOException {
        var socket = new Socket();
        socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        sessions.put(name, socket);
        return "ok " + socket.getLocalPort();
    }

    private String echo(String name) throws IOException {
        say(name);
        return read(name);
    }

    private String say(String name) throws IOException {
        session(name).getOutputStream().write('x');
        return "ok";
    }

    private String read(String name) throws IOException {
        try {
            int got = session(name).getInputStream().read();
            return got == 'x' ? "ok" : "end";
        } catch (SocketTimeoutException e) {
            return "silence";
        }
    }

    private String hangUp() throws IOException {
        for (Socket session : sessions.values()) {
            session.close();
        }
        sessions.clear();
        datagrams.values().forEach(DatagramSocket::close);
        datagrams.clear();
        return "ok";
    }

    private Socket session(String name) throws IOException {
        Socket session = sessions.get(name);
        if (session == null) {
            throw new IOException("no session " + name);
        }
        return session;
    }

    /// Calls every address of a {@link Holder} once; answers how many were denied, and when the
    /// sweep began and ended.
    private static String sweep(int count, int port) {
        long began = BootClock.nanos();
        int denied = 0;
        for (int i = 0; i < count; i++) {
            denied += denied(Holder.address(i), port) ? 1 : 0;
        }
        return denied + " " + began + " " + BootClock.nanos();
    }

    /// Calls so many different addresses of 127.64.0.0/10.
    private static String scan(int count, int port) {
        int denied = 0;
        for (int i = 0; i < count; i++) {
            String address = "127." + (64 + i / 65_536) + "." + (i >> 8 & 255) + "." + (i & 255);
            denied += denied(address, port) ? 1 : 0;
        }
        return denied + " denied";
    }

    /// Calls one address again and again until it is let through; answers when the last refused
    /// call began, and when the first allowed one began and ended. Only these bound the instant of
    /// the verdict from both sides.
    private static String watch(String address, int port, long until) {
        long lastDenied = 0;
        while (true) {
            long began = BootClock.nanos();
            if (!denied(address, port)) {
                return lastDenied + " " + began + " " + BootClock.nanos();
            }
            lastDenied = began;
            if (began > until) {
                return lastDenied + " " + Long.MAX_VALUE + " " + Long.MAX_VALUE;
            }
        }
    }

    private static boolean denied(String address, int port) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
            return false;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("not permitted");
        }
    }

    private static String serveUdp(String address, int port) throws IOException {
        var server = new DatagramSocket(port, InetAddress.getByName(address));
        Thread.ofPlatform().daemon().start(() -> answerAll(server));
        return "ok " + server.getLocalPort();
    }

    private static void answerAll(DatagramSocket server) {
        long refused = 0;
        while (refused < Long.MAX_VALUE) {
            try {
                var packet = new DatagramPacket(new byte[64], 64);
                server.receive(packet);
                server.send(packet);
            } catch (IOException denied) {
                // One answer was refused; the next may not be.
                refused++;
            }
        }
    }

    private static String udp(String address, int port, int times) throws IOException {
        try (var socket = new DatagramSocket()) {
            String said = "";
            for (int i = 0; i < times; i++) {
                try {
                    var to = new InetSocketAddress(address, port);
                    socket.send(new DatagramPacket(new byte[] {'x'}, 1, to));
                    said = heard(socket);
                } catch (SocketTimeoutException e) {
                    throw e;
                } catch (IOException e) {
                    said = String.valueOf(e.getMessage());
                }
            }
            return said;
        }
    }

    private String connectUdp(String name, String address, int port) throws IOException {
        var socket = new DatagramSocket();
        socket.connect(new InetSocketAddress(address, port));
        datagrams.put(name, socket);
        return "ok";
    }

    private String echoUdp(String name) throws IOException {
        DatagramSocket socket = datagrams.get(name);
        if (socket == null) {
            throw new IOException("no socket " + name);
        }
        socket.send(new DatagramPacket(new byte[] {'x'}, 1));
        return heard(socket);
    }

    private static String heard(DatagramSocket socket) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        var packet = new DatagramPacket(new byte[64], 64);
        try {
            socket.receive(packet);
            return Arrays.equals(
                            Arrays.copyOf(packet.getData(), packet.getLength()), new byte[] {'x'})
                    ? "ok"
                    : "garbage";
        } catch (SocketTimeoutException e) {
            return "silence";
        }
    }
}
