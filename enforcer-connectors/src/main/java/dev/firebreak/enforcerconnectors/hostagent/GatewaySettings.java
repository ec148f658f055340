package dev.firebreak.enforcerconnectors.hostagent;

import java.time.Duration;
import java.util.List;

/// Where agents are heard and within which bounds. `names` are the host names and addresses that
/// agents dial, for the server's certificate; port 0 takes any that is free.
public record GatewaySettings(
        String host,
        int port,
        List<String> names,
        Duration heartbeat,
        Duration helloWithin,
        Duration aliveWithin,
        Duration certificateLife,
        Duration serverCertificateLife,
        int connectsPerSecond,
        int failuresPerMinute,
        int maxConnections) {

    public static final int DEFAULT_PORT = 7443;

    public GatewaySettings {
        names = List.copyOf(names);
        if (names.isEmpty()) {
            throw new IllegalArgumentException("A server certificate needs a name");
        }
    }

    public static GatewaySettings on(String host, int port, List<String> names) {
        return new GatewaySettings(
                host,
                port,
                names,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(2),
                Duration.ofHours(24),
                Duration.ofDays(7),
                200,
                30,
                5_000);
    }
}
