package dev.firebreak.service.wiring;

import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.queryside.Views;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.slack.SlackRoom;
import dev.firebreak.service.start.CannotStart;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/// The order in which the house wakes up: the estate first, for everything else asks it; then those
/// who act on what they read; at last the doors. It goes to sleep the other way round.
@ApplicationScoped
class Lifecycle {

    private static final Logger LOG = Logger.getLogger(Lifecycle.class);

    /// Folding a million events takes seconds; a log that takes longer than this cannot be read.
    private static final Duration FOLD_WITHIN = Duration.ofMinutes(10);

    private static final Duration SAY_EVERY = Duration.ofSeconds(5);

    private final PostgresLog log;
    private final LiveEstate estate;
    private final Followers followers;
    private final FirstAdmin firstAdmin;
    private final Ends ends;
    private final Enforcement enforcement;
    private final Views views;
    private final Metrics metrics;
    private final HouseMetrics houseMetrics;
    private final EnforcerMetrics enforcerMetrics;
    private final SlackRoom slack;
    private final Publishing publishing;

    Lifecycle(
            PostgresLog log,
            LiveEstate estate,
            Followers followers,
            FirstAdmin firstAdmin,
            Ends ends,
            Enforcement enforcement,
            Views views,
            Metrics metrics,
            HouseMetrics houseMetrics,
            EnforcerMetrics enforcerMetrics,
            SlackRoom slack,
            Publishing publishing) {
        this.log = log;
        this.estate = estate;
        this.followers = followers;
        this.firstAdmin = firstAdmin;
        this.ends = ends;
        this.enforcement = enforcement;
        this.views = views;
        this.metrics = metrics;
        this.houseMetrics = houseMetrics;
        this.enforcerMetrics = enforcerMetrics;
        this.slack = slack;
        this.publishing = publishing;
    }

    void start(@Observes StartupEvent event) {
        followers.follow("estate", 0, estate);
        awaitEstate();
        firstAdmin.ensure();
        followers.follow(Followers.VIEWS, views.position(), views);
        metrics.start();
        houseMetrics.start();
        ends.start();
        enforcement.start();
        enforcerMetrics.start();
        publishing.start();
        slack.start(followers, log);
    }

    void stop(@Observes ShutdownEvent event) {
        slack.close();
        publishing.close();
        enforcerMetrics.close();
        enforcement.close();
        ends.close();
        followers.close();
    }

    private void awaitEstate() {
        var head = log.head();
        var tries = FOLD_WITHIN.dividedBy(SAY_EVERY);
        for (var i = 0; i < tries; i++) {
            if (estate.awaitPosition(head, SAY_EVERY)) {
                return;
            }
            LOG.infof("reading the log position=%d head=%d", estate.position(), head);
        }
        throw new CannotStart(
                "The log could not be read to its end within %s; PostgreSQL is too slow or away."
                        .formatted(FOLD_WITHIN));
    }
}
