package dev.firebreak.bench.timers;

import dev.firebreak.bench.postgres.Database;
import dev.firebreak.bench.postgres.Pool;
import io.agroal.api.AgroalDataSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Date;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.quartz.Job;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;

/// Quartz with its JDBC store, clustered, everything else as it comes: ten threads, a trigger at a
/// time.
final class QuartzTimers implements AutoCloseable {

    private static final String NAME = "bench";
    private static final String SCRIPT = "/org/quartz/impl/jdbcjobstore/tables_postgres.sql";
    private static final int CONNECTIONS = 14;

    /// Quartz makes its jobs itself, so they find what rings here.
    private static final AtomicReference<@Nullable Timers> RINGING = new AtomicReference<>();

    private final AgroalDataSource pool;
    private final Scheduler scheduler;

    private QuartzTimers(AgroalDataSource pool, Scheduler scheduler) {
        this.pool = pool;
        this.scheduler = scheduler;
    }

    static QuartzTimers start(Database database)
            throws IOException, SQLException, SchedulerException {
        try (var connection = database.owner().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(script());
        }
        var pool = Pool.of(database.owner(), CONNECTIONS);
        DBConnectionManager.getInstance().addConnectionProvider(NAME, provider(pool));
        var scheduler = new StdSchedulerFactory(settings()).getScheduler();
        scheduler.start();
        return new QuartzTimers(pool, scheduler);
    }

    Timers.Lateness run(Timers timers) throws SchedulerException, InterruptedException {
        RINGING.set(timers);
        for (var number = 0; number < timers.count(); number++) {
            scheduler.scheduleJob(
                    JobBuilder.newJob(Ring.class).usingJobData("number", number).build(),
                    TriggerBuilder.newTrigger().startAt(Date.from(timers.due(number))).build());
        }
        return timers.await();
    }

    @Override
    public void close() throws SchedulerException {
        scheduler.shutdown(true);
        pool.close();
    }

    /// Public, because Quartz makes it.
    public static final class Ring implements Job {
        @Override
        public void execute(JobExecutionContext context) {
            Objects.requireNonNull(RINGING.get())
                    .rang(context.getMergedJobDataMap().getInt("number"));
        }
    }

    private static Properties settings() {
        var settings = new Properties();
        settings.setProperty("org.quartz.scheduler.instanceName", NAME);
        settings.setProperty("org.quartz.scheduler.instanceId", "AUTO");
        settings.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        settings.setProperty("org.quartz.threadPool.threadCount", "10");
        settings.setProperty(
                "org.quartz.jobStore.class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
        settings.setProperty(
                "org.quartz.jobStore.driverDelegateClass",
                "org.quartz.impl.jdbcjobstore.PostgreSQLDelegate");
        settings.setProperty("org.quartz.jobStore.isClustered", "true");
        settings.setProperty("org.quartz.jobStore.dataSource", NAME);
        return settings;
    }

    private static ConnectionProvider provider(AgroalDataSource pool) {
        return new ConnectionProvider() {
            @Override
            public Connection getConnection() throws SQLException {
                return pool.getConnection();
            }

            @Override
            public void shutdown() {}

            @Override
            public void initialize() {}
        };
    }

    private static String script() throws IOException {
        try (var script = Scheduler.class.getResourceAsStream(SCRIPT)) {
            return new String(
                    Objects.requireNonNull(script, SCRIPT).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
