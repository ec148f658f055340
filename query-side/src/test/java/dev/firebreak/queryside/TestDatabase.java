package dev.firebreak.queryside;

import dev.firebreak.embeddedpostgres.EmbeddedPostgres;
import dev.firebreak.eventlog.log.PostgresLog;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalConnectionPoolConfigurationSupplier;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.api.security.SimplePassword;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.postgresql.ds.PGSimpleDataSource;

/// A fresh database with an empty log and empty views, on one server for all tests of this JVM.
public final class TestDatabase implements AutoCloseable {
    private static final String APPLICATION = "firebreak_app";
    private static final String APPLICATION_PASSWORD = "of-the-application";
    private static final String TEMPLATE = "views_template";
    private static final int POOL = 4;
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final EmbeddedPostgres SERVER = EmbeddedPostgres.startTemporary();

    static {
        var server = new TestDatabase("postgres");
        server.sql(
                "CREATE ROLE %s LOGIN PASSWORD '%s'".formatted(APPLICATION, APPLICATION_PASSWORD));
        server.sql("CREATE DATABASE " + TEMPLATE);
        Flyway.configure()
                .loggers("slf4j")
                .dataSource(new TestDatabase(TEMPLATE).owner())
                .locations("classpath:db/migration")
                .placeholders(Map.of("application_role", APPLICATION))
                .load()
                .migrate();
    }

    private final String name;
    private final List<AgroalDataSource> pools = new ArrayList<>();

    private TestDatabase(String name) {
        this.name = name;
    }

    /// As the service's views connect: by a pool.
    public DataSource pool() {
        try {
            var pool =
                    AgroalDataSource.from(
                            new AgroalDataSourceConfigurationSupplier()
                                    .connectionPoolConfiguration(this::sized));
            pools.add(pool);
            return pool;
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private AgroalConnectionPoolConfigurationSupplier sized(
            AgroalConnectionPoolConfigurationSupplier pool) {
        return pool.maxSize(POOL)
                .acquisitionTimeout(Duration.ofSeconds(30))
                .connectionFactoryConfiguration(factory ->
                        factory.jdbcUrl(url())
                                .principal(new NamePrincipal(APPLICATION))
                                .credential(new SimplePassword(APPLICATION_PASSWORD)));
    }

    @Override
    public void close() {
        pools.forEach(AgroalDataSource::close);
    }

    public static TestDatabase create() {
        var database = new TestDatabase("views_" + COUNT.incrementAndGet());
        new TestDatabase("postgres")
                .sql("CREATE DATABASE %s TEMPLATE %s".formatted(database.name, TEMPLATE));
        return database;
    }

    /// As the service connects.
    public DataSource application() {
        return source(APPLICATION, APPLICATION_PASSWORD);
    }

    public PostgresLog log() {
        return PostgresLog.open(application());
    }

    /// Runs as the owner.
    public void sql(String statement) {
        try (var connection = owner().getConnection();
                var run = connection.createStatement()) {
            run.execute(statement);
        } catch (SQLException broken) {
            throw new IllegalStateException(statement, broken);
        }
    }

    /// Every row as text, in order.
    public List<String> rows(String query) {
        try (var connection = owner().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        } catch (SQLException broken) {
            throw new IllegalStateException(query, broken);
        }
    }

    private DataSource owner() {
        return source(SERVER.user(), SERVER.password());
    }

    private DataSource source(String user, String password) {
        var source = new PGSimpleDataSource();
        source.setUrl(url());
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:%d/%s".formatted(SERVER.port(), name);
    }
}
