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

    /// The same, after the views were waited for: while they are behind the log, that they do not
    /// know of it does not say that there is none.
    Optional<ContainmentView> findOrAwait(ContainmentId id) {
        return find(id).or(() -> {
            if (!followers.await(Followers.VIEWS, log.head(), Desk.CATCH_UP)) {
                throw new Behind(id);
            }
            return find(id);
        });
    }

    record OnlyName(ContainmentId id) {}

    /// The views do not know of it, and are behind the log.
    static final class Behind extends RuntimeException {
        Behind(ContainmentId id) {
            super(
                    "What can be seen is behind the log, and %s is not in it yet, if there is one."
                            .formatted(id));
        }
    }
}
