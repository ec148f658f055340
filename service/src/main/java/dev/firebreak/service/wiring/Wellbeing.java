package dev.firebreak.service.wiring;

import dev.firebreak.eventlog.log.Following;
import dev.firebreak.eventlog.log.LogUnavailable;
import dev.firebreak.eventlog.log.PostgresLog;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/// Ready when the log can be read and everybody who follows it goes on.
@Readiness
@Singleton
public class Wellbeing implements HealthCheck {

    private final PostgresLog log;
    private final Followers followers;

    Wellbeing(PostgresLog log, Followers followers) {
        this.log = log;
        this.followers = followers;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("log and followers");
        var broken =
                followers.broken().stream().map(Following::name).collect(Collectors.joining(", "));
        try {
            answer.withData("head", log.head());
        } catch (LogUnavailable away) {
            return answer.withData("log", String.valueOf(away.getMessage())).down().build();
        }
        return broken.isEmpty()
                ? answer.up().build()
                : answer.withData("stopped", broken).down().build();
    }
}
