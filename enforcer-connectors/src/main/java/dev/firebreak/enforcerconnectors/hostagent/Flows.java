package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.eventlog.event.flow.DeniedFlow;
import dev.firebreak.eventlog.event.flow.FlowEvent.DeniedFlowsSeen;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.EnforcerName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// A batch of denied flows as the agent counts them, in the log's words. What does not fit there is
/// counted as lost, never dropped in silence.
final class Flows {

    private static final Pattern PLAIN = Pattern.compile("[\\x20-\\x7e]{0,128}");
    private static final int MAX_PORT = 65_535;
    private static final long MAX_AGO = Duration.ofDays(365).toMillis();

    private Flows() {}

    /// By which a repeated delivery is the same event in the log.
    static UUID id(EnforcerName enforcer, String bootId, long sequence) {
        var text = "denied-flows|%s|%s|%d".formatted(enforcer, bootId, sequence);
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    static DeniedFlowsSeen seen(
            EnforcerName enforcer, String bootId, AgentFrame.DeniedFlows batch, Instant now) {
        var flows = new ArrayList<DeniedFlow>();
        var lost = Math.max(0, batch.lost());
        for (var flow : batch.flows()) {
            var fitting = flow(flow, now);
            fitting.ifPresent(flows::add);
            lost += fitting.isPresent() ? 0 : Math.max(0, flow.packets());
        }
        return new DeniedFlowsSeen(enforcer, bootId, batch.sequence(), flows, lost, now);
    }

    private static Optional<DeniedFlow> flow(AgentFrame.Flow flow, Instant now) {
        try {
            return isPlain(flow)
                    ? Optional.of(
                            new DeniedFlow(
                                    new ContainmentId(flow.deny()),
                                    Direction.valueOf(flow.direction().toUpperCase(Locale.ROOT)),
                                    flow.protocol(),
                                    flow.peer(),
                                    flow.port(),
                                    flow.packets(),
                                    flow.bytes(),
                                    ago(now, flow.firstAgoMillis()),
                                    ago(now, flow.lastAgoMillis()),
                                    flow.fingerprint()))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isPlain(AgentFrame.Flow flow) {
        return PLAIN.matcher(flow.protocol()).matches()
                && PLAIN.matcher(flow.peer()).matches()
                && PLAIN.matcher(flow.fingerprint()).matches()
                && flow.port() >= 0
                && flow.port() <= MAX_PORT
                && flow.packets() >= 0
                && flow.bytes() >= 0;
    }

    private static Instant ago(Instant now, long millis) {
        return now.minusMillis(Math.clamp(millis, 0, MAX_AGO));
    }
}
