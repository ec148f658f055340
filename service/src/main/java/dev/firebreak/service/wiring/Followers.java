package dev.firebreak.service.wiring;

import dev.firebreak.eventlog.log.Follower;
import dev.firebreak.eventlog.log.Following;
import dev.firebreak.eventlog.log.PostgresLog;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Everybody in this process who follows the log, and how far each is.
@Singleton
public class Followers {

    private final PostgresLog log;
    private final List<Following> followings = new CopyOnWriteArrayList<>();

    Followers(PostgresLog log) {
        this.log = log;
    }

    public Following follow(String name, long after, Follower follower) {
        var following = log.follow(name, after, follower);
        followings.add(following);
        return following;
    }

    /// Those that stopped because they could not go on; the service is not well while there is one.
    public List<Following> broken() {
        return followings.stream().filter(following -> following.failure().isPresent()).toList();
    }

    public List<Following> all() {
        return List.copyOf(followings);
    }

    /// Ends the following, the last begun first.
    void close() {
        followings.reversed().forEach(Following::close);
    }
}
