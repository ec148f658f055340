package dev.firebreak.enforcerconnectors.enforcer;

import dev.firebreak.eventlog.term.EnforcerName;
import java.time.Duration;
import java.time.Instant;

/// The fake that the dispatcher is tested with is an honest one.
class FakeEnforcerTest extends EnforcerContract {

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T03:00:00Z"));
    private final FakeEnforcer fake = new FakeEnforcer(EnforcerName.parse("host/web-1"), clock);

    @Override
    protected Enforcer enforcer() {
        return fake;
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
        fake.line(FakeEnforcer.Line.MUTE);
    }

    @Override
    protected void cut() {
        fake.line(FakeEnforcer.Line.DOWN);
    }

    @Override
    protected void refuse(DenyId id) {
        fake.refuse(id);
    }
}
