package dev.firebreak.service.wiring;

import dev.firebreak.eventlog.log.Following;
import dev.firebreak.eventlog.log.KafkaPublisher;
import dev.firebreak.eventlog.log.LogUnavailable;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.queryside.Views;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/// Ready when the log can be read, everybody who follows it goes on, and ends are watched for.
@Readiness
@Singleton
public class Wellbeing implements HealthCheck {

    private final PostgresLog log;
    private final Followers followers;
    private final Views views;
    private final Publishing publishing;
    private final Ends ends;
    private final Enforcement enforcement;

    Wellbeing(
            PostgresLog log,
            Followers followers,
            Views views,
            Publishing publishing,
            Ends ends,
            Enforcement enforcement) {
        this.log = log;
        this.followers = followers;
        this.views = views;
        this.publishing = publishing;
        this.ends = ends;
        this.enforcement = enforcement;
    }

    @Override
    public HealthCheckResponse call() {
        var answer = HealthCheckResponse.named("log and followers");
        try {
            answer.withData("head", log.head());
        } catch (LogUnavailable away) {
            return answer.withData("log", String.valueOf(away.getMessage())).down().build();
        }
        passedBy(answer);
        var broken =
                followers.broken().stream().map(Following::name).collect(Collectors.joining(", "));
        if (!broken.isEmpty()) {
            answer.withData("stopped", broken);
        }
        var watched = ends.alarms().isWatching();
        if (!watched) {
            answer.withData("alarms", "not watched");
        }
        return answer.status(broken.isEmpty() && watched).build();
    }

    /// What is not as it should be and no reason to send people elsewhere.
    private void passedBy(HealthCheckResponseBuilder answer) {
        if (log.unreadable() > 0) {
            answer.withData("unreadable", log.unreadable());
        }
        var ahead = enforcement.ahead().size();
        if (ahead > 0) {
            answer.withData("enforcersAhead", ahead);
        }
        if (views.parked() > 0) {
            answer.withData("parked", views.parked());
        }
        // Without its message: whoever asks needs no token.
        publishing
                .publisher()
                .flatMap(KafkaPublisher::trouble)
                .ifPresent(trouble -> answer.withData("kafka", trouble.getClass().getSimpleName()));
    }
}
