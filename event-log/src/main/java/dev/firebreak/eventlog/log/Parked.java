package dev.firebreak.eventlog.log;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Counts the events that could not be read, each once, however often it is met.
final class Parked {

    private static final Logger LOG = LoggerFactory.getLogger(Parked.class);

    /// More are not told apart; the count then says "at least".
    private static final int MAX_REMEMBERED = 10_000;

    private final Set<Long> positions = ConcurrentHashMap.newKeySet();

    /// Passes the entry on.
    LogEntry seen(LogEntry entry) {
        if (entry.event() instanceof UnreadableEvent event
                && positions.size() < MAX_REMEMBERED
                && positions.add(entry.position())) {
            LOG.error(
                    "log event parked position={} stream={} why={}",
                    entry.position(),
                    event.stream(),
                    event.why());
        }
        return entry;
    }

    int count() {
        return positions.size();
    }
}
