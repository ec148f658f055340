package dev.firebreak.service.start;

import dev.firebreak.embeddedpostgres.EmbeddedPostgres;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;

/// The PostgreSQL behind the log: our own under the data directory, or the one that the settings
/// name.
final class Database implements AutoCloseable {

    private final @Nullable EmbeddedPostgres embedded; // absent: a server that is not ours
    private final Login application;

    private Database(@Nullable EmbeddedPostgres embedded, Login application) {
        this.embedded = embedded;
        this.application = application;
    }

    /// Starts PostgreSQL where no `firebreak.database.url` is set, and brings the schema up to
    /// date.
    static Database open(DataDirectory directory, Config config) {
        var url = config.getOptionalValue("firebreak.database.url", String.class);
        return url.isPresent() ? external(url.get(), config) : embedded(directory);
    }

    /// Tells Quarkus where the database is; the application never sees the owner's password.
    void apply() {
        System.setProperty("quarkus.datasource.jdbc.url", application.url());
        System.setProperty("quarkus.datasource.username", application.user());
        System.setProperty("quarkus.datasource.password", application.password());
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }

    private static Database embedded(DataDirectory directory) {
        var server = EmbeddedPostgres.start(directory.path());
        var owner = new Login(server.jdbcUrl(), server.user(), server.password());
        var application = Login.withNewPassword(server.jdbcUrl(), Schema.APPLICATION_ROLE);
        try {
            new Schema(owner).prepare(application);
        } catch (RuntimeException failure) {
            server.close();
            throw failure;
        }
        return new Database(server, application);
    }

    private static Database external(String url, Config config) {
        var application = new Login(url, setting(config, "username"), setting(config, "password"));
        var ownerUser = optional(config, "owner-username");
        if (ownerUser.isPresent()) {
            var owner = new Login(url, ownerUser.get(), setting(config, "owner-password"));
            new Schema(owner).prepare(application);
        }
        return new Database(null, application);
    }

    private static String setting(Config config, String name) {
        return optional(config, name)
                .orElseThrow(() ->
                        new CannotStart(
                                ("firebreak.database.url is set but firebreak.database.%s is"
                                                + " not; see docs/reference/settings.md.")
                                        .formatted(name)));
    }

    private static Optional<String> optional(Config config, String name) {
        return config.getOptionalValue("firebreak.database." + name, String.class);
    }
}
