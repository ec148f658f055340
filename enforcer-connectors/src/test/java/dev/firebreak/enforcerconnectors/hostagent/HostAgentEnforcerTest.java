package dev.firebreak.enforcerconnectors.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.enforcerconnectors.enforcer.Denies;
import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.enforcerconnectors.enforcer.Directive;
import dev.firebreak.enforcerconnectors.enforcer.Enforcer;
import dev.firebreak.enforcerconnectors.enforcer.EnforcerContract;
import dev.firebreak.enforcerconnectors.enforcer.Observation;
import dev.firebreak.enforcerconnectors.enforcer.Receipt;
import dev.firebreak.enforcerconnectors.enforcer.SettableClock;
import dev.firebreak.eventlog.term.EnforcerName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/// The host agent keeps the contract, over a channel in memory and an agent that speaks JSON.
class HostAgentEnforcerTest extends EnforcerContract {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T03:00:00Z"));
    private final Wire wire = new Wire();
    private final Loop channel = new Loop();
    private final HostAgentEnforcer enforcer =
            new HostAgentEnforcer(
                    EnforcerName.parse("host/web-1"),
                    channel,
                    wire,
                    clock,
                    new FrameClock(clock, System::nanoTime));
    private final FakeAgent agent = new FakeAgent(clock, this::hear);

    /// Hands frames over at once, or loses answers, or takes nothing.
    private final class Loop implements Channel {
        private final List<String> sent = new ArrayList<>();
        private boolean down;
        private boolean mute;

        @Override
        public boolean send(String frame) {
            if (down) {
                return false;
            }
            sent.add(frame);
            if (!mute) {
                agent.hear(frame);
            }
            return true;
        }

        @Override
        public CompletionStage<Boolean> isAlive(Duration within) {
            return CompletableFuture.completedFuture(!down);
        }

        @Override
        public void close(CloseCode code, String reason) {
            down = true;
        }

        @Override
        public String remote() {
            return "memory";
        }
    }

    @Override
    protected Enforcer enforcer() {
        return enforcer;
    }

    @Override
    protected Instant now() {
        return clock.instant();
    }

    @Override
    protected void pass(Duration time) {
        clock.advance(time);
    }

    @Override
    protected void loseAnswers() {
        channel.mute = true;
    }

    @Override
    protected void cut() {
        channel.down = true;
    }

    @Override
    protected void refuse(DenyId id) {
        agent.refuse(id.value());
    }

    @Test
    void a_late_answer_is_not_the_answer_to_something_newer() {
        channel.mute = true;
        var first = enforcer.apply(put(10, 1)).toCompletableFuture();
        var second = enforcer.apply(put(10, 2)).toCompletableFuture();

        agent.hear(channel.sent.getFirst());
        assertThat(second).isNotDone();

        agent.hear(channel.sent.getLast());
        assertThat(second)
                .isCompletedWithValueMatching(receipt ->
                        receipt instanceof Receipt.Applied applied
                                && applied.denies().getFirst().id().equals(Denies.id(2)));
        assertThat(first).isNotDone();
    }

    @Test
    void whoever_is_cut_off_leaves_unknown_behind_and_not_a_hope() {
        channel.mute = true;
        var receipt = enforcer.apply(put(10, 1)).toCompletableFuture();
        var observation = enforcer.observe().toCompletableFuture();

        enforcer.ended("The line broke.");

        assertThat(receipt).isCompletedWithValue(new Receipt.Unknown("The line broke."));
        assertThat(observation).isCompletedWithValue(new Observation.Unseen("The line broke."));
        assertThat(enforcer.apply(put(11, 1)).toCompletableFuture())
                .isCompletedWithValueMatching(Receipt.Unreachable.class::isInstance);
    }

    private Directive put(long generation, int number) {
        var deny = Denies.deny(number, now().plus(Duration.ofMinutes(5)));
        return new Directive(generation, List.of(deny), List.of(), false);
    }

    private void hear(String text) {
        try {
            switch (wire.read(text)) {
                case AgentFrame.PlanReceipt receipt -> enforcer.answered(receipt);
                case AgentFrame.Observed observed ->
                        enforcer.answered(observed, observed.seen(clock.instant()));
                default -> throw new IllegalStateException("An answer is one of the two: " + text);
            }
        } catch (MalformedFrame malformed) {
            throw new IllegalStateException(malformed);
        }
    }
}
