package dev.firebreak.service.wiring;

import dev.firebreak.eventlog.log.Follower;
import dev.firebreak.eventlog.log.Following;
import dev.firebreak.eventlog.log.PostgresLog;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/// Everybody in this process who follows the log, and how far each is.
@Singleton
public class Followers {

    /// What people see follows the log under this name.
    public static final String VIEWS = "views";

    private static final Duration LOOK_EVERY = Duration.ofMillis(2);

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

    /// Waits until the follower of this name has taken the log up to `position`; false when that
    /// took longer than `patience`.
    public boolean await(String name, long position, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        while (position(name) < position) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        return true;
    }

    private long position(String name) {
        return followings.stream()
                .filter(each -> each.name().equals(name))
                .mapToLong(Following::position)
                .findFirst()
                .orElse(0);
    }

    /// Ends the following, the last begun first.
    void close() {
        followings.reversed().forEach(Following::close);
    }
}
