package dev.firebreak.hostagent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/// The helper that tries what is denied, from inside the subject's cgroup: one line in, one verdict
/// out. It ends with its agent, when its input does.
final class ProbeMain {

    private ProbeMain() {}

    public static void main(String[] arguments) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(verdict(line.split(" ", -1)));
        }
    }

    /// Anything but EPERM means that the kernel let the call pass; how it went on is of no matter.
    private static String verdict(String[] attempt) {
        var peer = new InetSocketAddress(attempt[1], Integer.parseInt(attempt[2]));
        try {
            if (attempt[0].equals("udp")) {
                try (var channel = DatagramChannel.open()) {
                    channel.connect(peer);
                }
                return "allowed";
            }
            try (var channel = SocketChannel.open()) {
                channel.configureBlocking(false);
                channel.connect(peer);
                return "allowed";
            }
        } catch (IOException e) {
            boolean refused = String.valueOf(e.getMessage()).contains("not permitted");
            return refused ? "denied" : "allowed";
        }
    }
}
