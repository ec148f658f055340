package dev.firebreak.whole;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;

/// Two hosts' networks on one machine: a network namespace each, joined to ours by a bridge.
final class Networks implements AutoCloseable {

    /// Our address on the bridge: where hosts reach the service.
    static final String SERVICE = "10.213.77.1";

    private static final String SUBNET = "10.213.77.";
    private static final String BRIDGE = "fbw-bridge";
    private static final int HOSTS = 2;

    Networks() {
        ip("link add " + BRIDGE + " type bridge");
        ip("address add " + SERVICE + "/24 dev " + BRIDGE);
        ip("link set " + BRIDGE + " up");
        for (var host = 1; host <= HOSTS; host++) {
            var inside = "-n " + namespace(host) + " ";
            ip("netns add " + namespace(host));
            ip(
                    "link add %s type veth peer name eth0 netns %s"
                            .formatted(cable(host), namespace(host)));
            ip("link set " + cable(host) + " master " + BRIDGE + " up");
            ip(inside + "address add " + SUBNET + (host + 1) + "/24 dev eth0");
            ip(inside + "link set eth0 up");
            ip(inside + "link set lo up");
        }
    }

    void cut(int host) {
        ip("link set " + cable(host) + " down");
    }

    void join(int host) {
        ip("link set " + cable(host) + " up");
    }

    /// What a command line begins with to run on this host's network and nothing else of its own.
    static String[] on(int host) {
        return new String[] {"nsenter", "--net=/run/netns/" + namespace(host), "--"};
    }

    @Override
    public void close() {
        for (var host = 1; host <= HOSTS; host++) {
            ip("link delete " + cable(host));
            ip("netns delete " + namespace(host));
        }
        ip("link delete " + BRIDGE);
    }

    private static String namespace(int host) {
        return "fbw-host-" + host;
    }

    private static String cable(int host) {
        return "fbw-cable-" + host;
    }

    private static void ip(String arguments) {
        run(("ip " + arguments).split(" ", -1));
    }

    static void run(String... command) {
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(String.join(" ", command) + ": " + said);
            }
        } catch (IOException missing) {
            throw new UncheckedIOException(
                    "this test needs network namespaces; install iproute2 and util-linux; missing: "
                            + command[0],
                    missing);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
