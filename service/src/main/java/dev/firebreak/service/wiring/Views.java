package dev.firebreak.service.wiring;

import dev.firebreak.eventlog.log.Following;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.queryside.containment.ContainmentViews;
import dev.firebreak.queryside.enforcer.EnforcerViews;
import dev.firebreak.queryside.flow.DeniedFlowViews;
import dev.firebreak.queryside.projection.Projector;
import dev.firebreak.queryside.timeline.TimelineViews;
import dev.firebreak.queryside.workload.WorkloadViews;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What can be seen, and how far behind the log it is.
@Singleton
public class Views {

    /// Raised whenever a projection would make something else of the same log; the views are then
    /// rebuilt while the old ones serve.
    private static final int VERSION = 1;

    private static final Duration LOOK_EVERY = Duration.ofMillis(2);

    private final Projector projector;
    private final Followers followers;
    private @Nullable Following following; // absent before start

    Views(AgroalDataSource source, PostgresLog log, Followers followers) {
        this.followers = followers;
        this.projector =
                Projector.open(
                        source,
                        log,
                        VERSION,
                        List.of(
                                ContainmentViews.projection(),
                                EnforcerViews.projection(),
                                DeniedFlowViews.projection(),
                                TimelineViews.projection(),
                                WorkloadViews.projection()));
    }

    void start() {
        following = followers.follow("views", projector.position(), projector);
    }

    void close() {
        projector.close();
    }

    /// Waits until what is seen covers the log up to `position`; false when that took too long.
    public boolean await(long position, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (seen() < position) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return true;
    }

    public Projector projector() {
        return projector;
    }

    public ContainmentViews containments() {
        return new ContainmentViews(projector);
    }

    public EnforcerViews enforcers() {
        return new EnforcerViews(projector);
    }

    private long seen() {
        return following == null ? 0 : following.position();
    }
}
