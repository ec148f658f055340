package dev.firebreak.whole;

import dev.firebreak.embeddedpostgres.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/// Two services on one PostgreSQL. The first has made the schema, as its owner.
record Replicas(EmbeddedPostgres postgres, Instance first, Instance second)
        implements AutoCloseable {

    private static final String ALONE = "--without-local-enforcer";

    /// Neither has an enforcer of its own.
    static Replicas start(Path folder, Map<String, String> settings) {
        return start(folder, settings, settings, ALONE);
    }

    /// The first has one, as `ofFirst` sets it.
    static Replicas withEnforcer(
            Path folder, Map<String, String> settings, Map<String, String> ofFirst) {
        return start(folder, settings, ofFirst);
    }

    private static Replicas start(
            Path folder,
            Map<String, String> settings,
            Map<String, String> ofFirst,
            String... optionsOfFirst) {
        var postgres = EmbeddedPostgres.startTemporary();
        var owner = both(member(postgres), ofFirst);
        owner.put("FIREBREAK_DATABASE_OWNER_USERNAME", postgres.user());
        owner.put("FIREBREAK_DATABASE_OWNER_PASSWORD", postgres.password());
        var first = Instance.start(folder.resolve("one"), owner, optionsOfFirst);
        var second = Instance.start(folder.resolve("two"), both(member(postgres), settings), ALONE);
        share(first, second);
        return new Replicas(postgres, first, second);
    }

    @Override
    public void close() {
        second.close();
        first.close();
        postgres.close();
    }

    private static Map<String, String> both(Map<String, String> some, Map<String, String> more) {
        var all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    private static Map<String, String> member(EmbeddedPostgres postgres) {
        return Map.of(
                "FIREBREAK_DATABASE_URL", postgres.jdbcUrl(),
                "FIREBREAK_DATABASE_USERNAME", "firebreak_app",
                "FIREBREAK_DATABASE_PASSWORD", "of-a-test",
                "FIREBREAK_LIMITS_ADMIN_SHORTEST", "1s");
    }

    /// The admin's token is good on both; only the first has the file.
    private static void share(Instance first, Instance second) {
        try {
            Files.copy(
                    first.data().resolve("admin.token"),
                    second.data().resolve("admin.token"),
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
