package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.enforcerconnectors.enforcer.Attachment;
import dev.firebreak.enforcerconnectors.enforcer.Enforcer;
import dev.firebreak.enforcerconnectors.enforcer.Observation.Seen;
import dev.firebreak.enforcerconnectors.enforcer.Roster;
import dev.firebreak.enforcerconnectors.enforcer.Verification;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// Writes down who came, what was passed on, and who went.
final class FakeRoster implements Roster {

    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<Enforcer> enforcers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();

    @Override
    public Attachment attach(Enforcer enforcer, Seen seen) {
        words.add("attached " + seen.denies().size());
        enforcers.add(enforcer);
        return new Attachment() {
            @Override
            public void heard() {}

            @Override
            public void heard(long generation, String digest) {
                words.add("heartbeat " + generation);
            }

            @Override
            public void observed(Seen again) {
                words.add("observed " + again.denies().size());
            }

            @Override
            public void verified(Verification verification) {
                words.add("verified " + verification.probes().size());
            }

            @Override
            public void detached() {
                words.add("detached");
            }
        };
    }

    Enforcer enforcer() throws InterruptedException {
        var enforcer = enforcers.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (enforcer == null) {
            throw new AssertionError("Nobody came");
        }
        return enforcer;
    }

    String word() throws InterruptedException {
        var word = words.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (word == null) {
            throw new AssertionError("Nothing was passed on");
        }
        return word;
    }
}
