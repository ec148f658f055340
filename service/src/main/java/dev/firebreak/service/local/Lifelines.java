package dev.firebreak.service.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What the agent of this machine must never cut, since Firebreak itself lives here: its database,
/// and the resolvers that everything needs. The way to the service is on the agent's list anyway.
final class Lifelines {

    private static final Path RESOLVERS = Path.of("/etc/resolv.conf");
    private static final String NAMESERVER = "nameserver";
    private static final int POSTGRESQL = 5432;

    /// An address as it stands in resolv.conf, without a zone; names are not ours to resolve.
    private static final String ADDRESS = "[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*";

    private Lifelines() {}

    /// One a line, in the words of the agent's `--never-deny` file.
    static List<String> of(String jdbcUrl) throws IOException {
        var resolvers =
                Files.isReadable(RESOLVERS) ? Files.readAllLines(RESOLVERS) : List.<String>of();
        return Stream.concat(database(jdbcUrl), resolvers(resolvers)).toList();
    }

    static Stream<String> resolvers(List<String> lines) {
        return lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(words -> words.length > 1 && NAMESERVER.equals(words[0]))
                .map(words -> words[1])
                .filter(address -> address.matches(ADDRESS))
                .flatMap(address -> Stream.of(address + " 53/udp", address + " 53/tcp"));
    }

    static Stream<String> database(String jdbcUrl) {
        var server = URI.create(jdbcUrl.substring("jdbc:".length()));
        var host = server.getHost();
        if (host == null || !host.matches(ADDRESS)) {
            return Stream.empty();
        }
        var port = server.getPort() < 0 ? POSTGRESQL : server.getPort();
        return Stream.of(host + " " + port + "/tcp");
    }
}
