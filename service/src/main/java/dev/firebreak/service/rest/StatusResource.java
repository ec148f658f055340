package dev.firebreak.service.rest;

import dev.firebreak.eventlog.log.Following;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.queryside.Views;
import dev.firebreak.queryside.containment.ContainmentView;
import dev.firebreak.queryside.containment.ContainmentViews.Which;
import dev.firebreak.queryside.enforcer.EnforcerView;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.wiring.Enforcement;
import dev.firebreak.service.wiring.Followers;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Everything an on-call wants first: what is contained, what waits, who enforces, and whether what
/// is shown is fresh.
@Path("/api/v1/status")
@Produces(MediaType.APPLICATION_JSON)
public class StatusResource {

    private static final int MAX_SHOWN = 100;

    private final Views views;
    private final LiveEstate estate;
    private final PostgresLog log;
    private final Followers followers;
    private final Enforcement enforcement;
    private final Clock clock;

    StatusResource(
            Views views,
            LiveEstate estate,
            PostgresLog log,
            Followers followers,
            Enforcement enforcement,
            Clock clock) {
        this.views = views;
        this.estate = estate;
        this.log = log;
        this.followers = followers;
        this.enforcement = enforcement;
        this.clock = clock;
    }

    /// `now` is by the clock that ends go by. `lag` counts log entries that are not in these views
    /// yet; `broken` names followers of the log that have stopped.
    record Status(
            Instant now,
            boolean automationFrozen,
            List<ContainmentView> active,
            List<ContainmentView> waiting,
            List<EnforcerView> enforcers,
            @Nullable String noLocalEnforcer, // absent where this machine enforces
            long head,
            long lag,
            List<String> broken) {}

    @GET
    public Object status() {
        var now = clock.instant();
        return new Status(
                now,
                estate.read(Estate::automationFrozen),
                views.containments().list(Which.ACTIVE, MAX_SHOWN, now),
                views.containments().list(Which.WAITING, MAX_SHOWN, now),
                views.enforcers().list(now),
                enforcement.localUnavailable().orElse(null),
                log.head(),
                views.lag(),
                followers.broken().stream().map(Following::name).toList());
    }
}
