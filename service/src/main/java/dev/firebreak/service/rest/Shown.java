package dev.firebreak.service.rest;

import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.queryside.Views;
import dev.firebreak.queryside.containment.ContainmentView;
import dev.firebreak.service.wiring.Followers;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/// What a changed containment looks like, once the views have seen the change.
@Singleton
class Shown {

    private static final String STREAM = "containment/";

    private final Views views;
    private final PostgresLog log;
    private final Followers followers;
    private final Clock clock;

    Shown(Views views, PostgresLog log, Followers followers, Clock clock) {
        this.views = views;
        this.log = log;
        this.followers = followers;
        this.clock = clock;
    }

    /// A view, or only its name where the views are too far behind to show it.
    Object containment(String stream) {
        followers.await(Followers.VIEWS, log.head(), Desk.CATCH_UP);
        var id = ContainmentId.parse(stream.substring(STREAM.length()));
        return find(id).<Object>map(view -> view).orElseGet(() -> new OnlyName(id));
    }

    Optional<ContainmentView> find(ContainmentId id) {
        return views.containments().find(id, clock.instant());
    }

    record OnlyName(ContainmentId id) {}
}
