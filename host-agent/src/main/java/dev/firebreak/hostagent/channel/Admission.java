package dev.firebreak.hostagent.channel;

import dev.firebreak.hostagent.Log;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whether the agent can go on as who it is, or has to enrol first. A token that it did not enrol
/// by says that somebody wants it enrolled (again): after a long pause, or after a revocation.
public final class Admission {

    /// Some five minutes without a service, when there is nothing to go on with.
    private static final int ATTEMPTS = 30;

    /// A good certificate is waiting to be used meanwhile, and the denies to be looked after.
    private static final int ATTEMPTS_BESIDE_A_CERTIFICATE = 3;

    private static final int LONGEST_PAUSE_SECONDS = 10;

    private final Enrolment enrolment;
    private final Identity identity;
    private final InstantSource clock;

    public Admission(Enrolment enrolment, Identity identity, InstantSource clock) {
        this.enrolment = enrolment;
        this.identity = identity;
        this.clock = clock;
    }

    /// Whether this token is to be used: none is used twice by one agent.
    public boolean isNew(@Nullable Token given) // null when none was given
            throws IOException, GeneralSecurityException {
        return given != null && !(identity.enrolled() && identity.enrolledBy(given));
    }

    /// Enrols where there is a reason to; answers why the agent cannot go on, when it cannot.
    public Optional<String> objection(@Nullable Token given) // null when none was given
            throws IOException, GeneralSecurityException, InterruptedException {
        if (given == null || !isNew(given)) {
            return withoutToken();
        }
        if (!identity.enrolled()) {
            return enrol(given, ATTEMPTS);
        }
        if (!identity.enforcer().equals(given.enforcer())) {
            return anothers(given);
        }
        if (ended()) {
            Log.line("certificate has ended, enrolling again", "enforcer", given.enforcer());
            return enrol(given, ATTEMPTS);
        }
        Log.line("token not used before, enrolling again", "enforcer", given.enforcer());
        Optional<String> objection = enrol(given, ATTEMPTS_BESIDE_A_CERTIFICATE);
        objection.ifPresent(why ->
                Log.line("going on with the present certificate, which is good", "why", why));
        return Optional.empty();
    }

    private Optional<String> withoutToken() throws IOException, GeneralSecurityException {
        if (!identity.enrolled()) {
            return Optional.of("This host is not enrolled yet: pass --token or --token-file.");
        }
        if (ended()) {
            Log.line(
                    "certificate has ended; holding on without the service until this agent is started with a new token",
                    "enforcer",
                    identity.enforcer());
        }
        return Optional.empty();
    }

    /// What is held belongs to the name; a host that is to be called otherwise starts afresh.
    private Optional<String> anothers(Token given) throws IOException, GeneralSecurityException {
        String why =
                "The token is for "
                        + given.enforcer()
                        + ", and this agent is "
                        + identity.enforcer()
                        + ": it is not used. Get one for the name it has, or start under the other name with a --state directory of its own.";
        if (ended()) {
            return Optional.of(why);
        }
        Log.line("going on with the present certificate, which is good", "why", why);
        return Optional.empty();
    }

    private boolean ended() throws IOException, GeneralSecurityException {
        return identity.endedBy(clock.instant());
    }

    private Optional<String> enrol(Token given, int attempts)
            throws IOException, GeneralSecurityException, InterruptedException {
        for (int attempt = 1; attempt <= attempts; attempt++) {
            switch (enrolment.enrol(given)) {
                case Enrolment.Outcome.Enrolled _ -> {
                    identity.enrolledWith(given);
                    Log.line("enrolled", "enforcer", given.enforcer());
                    return Optional.empty();
                }
                case Enrolment.Outcome.Refused(var code, var sentence) -> {
                    return Optional.of("Not enrolled (" + code + "): " + sentence);
                }
                case Enrolment.Outcome.NotNow(var why) -> {
                    Log.line("not enrolled yet", "attempt", Integer.toString(attempt), "why", why);
                    Thread.sleep(Duration.ofSeconds(Math.min(attempt, LONGEST_PAUSE_SECONDS)));
                }
            }
        }
        return Optional.of("Not enrolled: the service gave no answer.");
    }
}
