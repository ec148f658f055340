package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.enforcerconnectors.enforcer.Capabilities;
import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.enforcerconnectors.enforcer.Directive;
import dev.firebreak.enforcerconnectors.enforcer.Enforcer;
import dev.firebreak.enforcerconnectors.enforcer.Held;
import dev.firebreak.enforcerconnectors.enforcer.Observation;
import dev.firebreak.enforcerconnectors.enforcer.Receipt;
import dev.firebreak.enforcerconnectors.hostagent.Translation.Expressed;
import dev.firebreak.enforcerconnectors.hostagent.Translation.Inexpressible;
import dev.firebreak.eventlog.term.EnforcerName;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/// A host agent over its channel: one request at a time, and an answer counts only for the request
/// whose number it repeats.
final class HostAgentEnforcer implements Enforcer {

    private final EnforcerName name;
    private final Channel channel;
    private final Wire wire;
    private final Clock clock;
    private final FrameClock frameClock;

    private final Object lock = new Object();
    private long request;
    private boolean closed;
    private Pending<Receipt> plan = Pending.none();
    private Pending<Observation> look = Pending.none();

    /// A request under way. What we refused ourselves travels beside it.
    private record Pending<T>(
            long request, long generation, List<Held> refused, CompletableFuture<T> answer) {
        static <T> Pending<T> none() {
            return new Pending<>(0, 0, List.of(), new CompletableFuture<>());
        }

        boolean isAnsweredBy(long number, boolean otherwise) {
            return number == 0 ? otherwise : number == request;
        }
    }

    HostAgentEnforcer(
            EnforcerName name, Channel channel, Wire wire, Clock clock, FrameClock frameClock) {
        this.name = name;
        this.channel = channel;
        this.wire = wire;
        this.clock = clock;
        this.frameClock = frameClock;
    }

    @Override
    public EnforcerName name() {
        return name;
    }

    @Override
    public Capabilities capabilities() {
        return HostAgentPolicy.CAPABILITIES;
    }

    /// What remains is counted before the moment is read that it is said to remain from, and so
    /// never ends early.
    @Override
    public CompletionStage<Receipt> apply(Directive directive) {
        var now = clock.instant();
        var at = frameClock.now();
        var puts = new ArrayList<ServiceFrame.Deny>();
        var refused = new ArrayList<Held>();
        for (var put : directive.puts()) {
            switch (HostAgentPolicy.translate(put, now)) {
                case Expressed(var deny) -> puts.add(deny);
                case Inexpressible no -> refused.add(no.refused());
            }
        }
        if (puts.isEmpty() && directive.drops().isEmpty()) {
            return CompletableFuture.completedFuture(
                    new Receipt.Applied(directive.generation(), refused, List.of(), List.of()));
        }
        return send(directive, puts, refused, at);
    }

    @Override
    public CompletionStage<Observation> observe() {
        synchronized (lock) {
            look = new Pending<>(++request, 0, List.of(), new CompletableFuture<>());
            if (!sends(new ServiceFrame.Observe(look.request()))) {
                look.answer().complete(new Observation.Unseen(notReached()));
            }
            return look.answer();
        }
    }

    @Override
    public void close(String why) {
        ended("%s is no longer connected.".formatted(name));
        channel.close(CloseCode.SILENT, why);
    }

    void answered(AgentFrame.PlanReceipt frame) {
        synchronized (lock) {
            var receipt = frame.receipt();
            var matches =
                    frame.outcome() == AgentFrame.Outcome.REJECTED
                            || frame.generation() == plan.generation();
            if (plan.isAnsweredBy(frame.request(), matches)) {
                plan.answer().complete(with(plan.refused(), receipt));
            }
        }
    }

    /// Whether this was the answer that somebody waited for.
    boolean answered(AgentFrame.Observed frame, Observation.Seen seen) {
        synchronized (lock) {
            return look.isAnsweredBy(frame.request(), false) && look.answer().complete(seen);
        }
    }

    /// The channel is gone: whatever was under way has no answer and never gets one.
    void ended(String sentence) {
        synchronized (lock) {
            closed = true;
            plan.answer().complete(new Receipt.Unknown(sentence));
            look.answer().complete(new Observation.Unseen(sentence));
        }
    }

    private CompletionStage<Receipt> send(
            Directive directive, List<ServiceFrame.Deny> puts, List<Held> refused, Moment at) {
        synchronized (lock) {
            plan =
                    new Pending<>(
                            ++request, directive.generation(), refused, new CompletableFuture<>());
            var frame =
                    new ServiceFrame.Plan(
                            plan.request(),
                            directive.generation(),
                            directive.complete() && refused.isEmpty(),
                            puts.size(),
                            directive.drops().size(),
                            puts,
                            directive.drops().stream().map(DenyId::value).toList(),
                            at);
            if (!sends(frame)) {
                plan.answer().complete(new Receipt.Unreachable(notReached()));
            }
            return plan.answer();
        }
    }

    private boolean sends(ServiceFrame frame) {
        return !closed && channel.send(wire.write(frame));
    }

    private String notReached() {
        return "%s is connected but does not take what it is sent.".formatted(name);
    }

    private static Receipt with(List<Held> refused, Receipt receipt) {
        if (refused.isEmpty() || !(receipt instanceof Receipt.Applied applied)) {
            return receipt;
        }
        var denies = new ArrayList<>(applied.denies());
        denies.addAll(refused);
        return new Receipt.Applied(
                applied.generation(), denies, applied.dropped(), applied.unclaimed());
    }
}
