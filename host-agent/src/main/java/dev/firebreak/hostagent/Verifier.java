package dev.firebreak.hostagent;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Subject;
import dev.firebreak.hostagent.kernel.KernelEnforcer;
import dev.firebreak.hostagent.kernel.Sessions.Ended;
import dev.firebreak.hostagent.protocol.FromAgent.Probe;
import dev.firebreak.hostagent.protocol.FromAgent.Verification;
import dev.firebreak.hostagent.protocol.FromAgent.Verified;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// After the kernel holds a deny: ends the sessions it covers and asks for the kernel's verdict.
final class Verifier {

    /// Each probe enters the subject's cgroup; a plan of hundreds is probed by sample.
    static final int MOST_PROBES = 64;

    private static final int MOST_FAILURES_TOLD = 3;

    private final KernelEnforcer kernel;
    private final Prober prober;
    private final SessionsEnded sessionsEnded = new SessionsEnded();

    Verifier(KernelEnforcer kernel, Prober prober) {
        this.kernel = kernel;
        this.prober = prober;
    }

    Verification verify(long generation, List<Deny> denies) {
        Map<String, Ended> ended = kernel.endSessions(denies);
        sessionsEnded.forgetAllBut(new HashSet<>(kernel.ids()));
        List<Verified> verified = new ArrayList<>();
        Set<Subject> silent = new HashSet<>();
        for (Deny deny : denies) {
            Ended sessions = ended.getOrDefault(deny.id(), Ended.NONE);
            Prober.Verdict verdict =
                    verified.size() < MOST_PROBES
                            ? prober.probe(deny, silent)
                            : new Prober.Verdict(
                                    Probe.NOT_POSSIBLE,
                                    "not tried: of "
                                            + denies.size()
                                            + " denies "
                                            + MOST_PROBES
                                            + " were probed");
            verified.add(
                    new Verified(
                            deny.id(),
                            verdict.probe(),
                            detail(verdict, sessions),
                            sessionsEnded.plus(deny.id(), sessions.destroyed()),
                            sessions.surviving()));
        }
        return new Verification(generation, verified);
    }

    /// What is not known is told with what is: no count of sessions stands for those unlisted.
    static String detail(Prober.Verdict verdict, Ended sessions) {
        if (sessions.unlisted().isEmpty()) {
            return verdict.detail();
        }
        String why =
                sessions.unlisted().stream()
                        .distinct()
                        .limit(MOST_FAILURES_TOLD)
                        .collect(Collectors.joining(", "));
        return verdict.detail() + "; sessions could not be listed: " + why;
    }

    void restWhenIdle() {
        prober.restWhenIdle();
    }
}
