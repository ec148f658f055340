package dev.firebreak.hostagent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// The helper that tries what is denied, from inside the subject's cgroup: one line in, one verdict
/// out. It ends with its agent, when its input does.
final class ProbeMain {

    /// The kernel asks its programs before it looks for a way and for the peer: whatever is said of
    /// these, the call was let pass. All else may be this process's own trouble.
    private static final List<String> LET_PASS =
            List.of("refused", "unreachable", "No route to host", "timed out", "reset");

    private ProbeMain() {}

    public static void main(String[] arguments) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            System.out.println(verdict(line.split(" ", -1)));
        }
    }

    /// A socket that cannot even be opened says nothing about the deny.
    private static String verdict(String[] attempt) {
        var peer = new InetSocketAddress(attempt[1], Integer.parseInt(attempt[2]));
        try {
            if (attempt[0].equals("udp")) {
                try (var channel = DatagramChannel.open()) {
                    return call(() -> channel.connect(peer));
                }
            }
            try (var channel = SocketChannel.open()) {
                channel.configureBlocking(false);
                return call(() -> channel.connect(peer));
            }
        } catch (IOException e) {
            return notPossible(e);
        }
    }

    private interface Call {
        Object make() throws IOException;
    }

    private static String call(Call call) {
        try {
            var _ = call.make();
            return "allowed";
        } catch (IOException e) {
            String why = String.valueOf(e.getMessage());
            if (why.contains("not permitted")) {
                return "denied";
            }
            return LET_PASS.stream().anyMatch(why::contains) ? "allowed" : notPossible(e);
        }
    }

    private static String notPossible(IOException e) {
        return "not possible: " + String.valueOf(e.getMessage()).replace('\n', ' ');
    }
}
