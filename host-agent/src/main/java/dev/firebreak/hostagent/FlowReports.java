package dev.firebreak.hostagent;

import dev.firebreak.hostagent.deny.Flow;
import dev.firebreak.hostagent.deny.Protocol;
import dev.firebreak.hostagent.protocol.FromAgent.DeniedFlows;
import dev.firebreak.hostagent.protocol.FromAgent.WireFlow;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Denied flows on their way: kept until the service says stored, one batch under way at a time,
/// and counted as lost when there is no more room. What is counted equals what is reported plus
/// what is lost.
final class FlowReports {

    static final int MOST_WAITING = 20_000;
    static final int MOST_A_BATCH = 1_000;
    static final Duration RESEND_AFTER = Duration.ofSeconds(10);
    private static final int FINGERPRINT_DIGITS = 16;

    private record Waiting(Flow flow, long since) {}

    private record Batch(long sequence, List<Waiting> flows, long lost) {}

    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private Optional<Batch> underWay = Optional.empty();
    private long lastSent;
    private long sequence;
    private long lost;
    private long lostInAll;

    /// Sequences must grow over restarts: they begin at a number that time only raises.
    FlowReports(long firstSequence) {
        this.sequence = firstSequence;
    }

    void add(List<Flow> flows, long lostPackets, long nowNanos) {
        lose(lostPackets);
        for (Flow flow : flows) {
            waiting.add(new Waiting(flow, nowNanos));
            if (waiting.size() > MOST_WAITING) {
                lose(waiting.remove().flow().packets());
            }
        }
    }

    /// A batch that was not sent yet, or the one under way when it was not acknowledged in time;
    /// nothing while one is under way or nothing was denied.
    Optional<DeniedFlows> next(long nowNanos) {
        if (underWay.isPresent()) {
            boolean due = nowNanos - lastSent >= RESEND_AFTER.toNanos();
            return due ? again(nowNanos) : Optional.empty();
        }
        if (waiting.isEmpty() && lost == 0) {
            return Optional.empty();
        }
        List<Waiting> flows = new ArrayList<>();
        while (flows.size() < MOST_A_BATCH && !waiting.isEmpty()) {
            flows.add(waiting.remove());
        }
        underWay = Optional.of(new Batch(sequence++, flows, lost));
        lost = 0;
        return again(nowNanos);
    }

    /// The batch under way, for a new connection.
    Optional<DeniedFlows> again(long nowNanos) {
        lastSent = nowNanos;
        return underWay.map(batch ->
                new DeniedFlows(
                        batch.sequence(),
                        batch.flows().stream().map(w -> wire(w, nowNanos)).toList(),
                        batch.lost()));
    }

    void stored(long storedSequence) {
        if (underWay.isPresent() && underWay.get().sequence() <= storedSequence) {
            underWay = Optional.empty();
        }
    }

    long lostInAll() {
        return lostInAll;
    }

    private void lose(long packets) {
        lost += packets;
        lostInAll += packets;
    }

    private static WireFlow wire(Waiting w, long nowNanos) {
        Flow flow = w.flow();
        Duration waited = Duration.ofNanos(Math.max(0, nowNanos - w.since()));
        String direction = flow.view().direction().name().toLowerCase(Locale.ROOT);
        String protocol = Protocol.name(flow.protocol());
        String peer = flow.peer().toString();
        return new WireFlow(
                flow.deny(),
                direction,
                protocol,
                peer,
                flow.servicePort(),
                flow.packets(),
                flow.bytes(),
                flow.firstAgo().plus(waited).toMillis(),
                flow.lastAgo().plus(waited).toMillis(),
                fingerprint(flow.deny(), direction, protocol, peer, flow.servicePort()));
    }

    static String fingerprint(
            String deny, String direction, String protocol, String peer, int port) {
        String text = String.join("|", deny, direction, protocol, peer, Integer.toString(port));
        byte[] digest = Digest.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest).substring(0, FINGERPRINT_DIGITS);
    }
}
