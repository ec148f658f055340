package dev.firebreak.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.kernel.Sessions.Ended;
import dev.firebreak.hostagent.protocol.FromAgent.Probe;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerifierTest {

    private final Prober.Verdict denied = new Prober.Verdict(Probe.DENIED, "EPERM at once");

    @Test
    void sessions_that_could_not_be_listed_are_told() {
        assertThat(Verifier.detail(denied, Ended.NONE)).isEqualTo("EPERM at once");
        assertThat(Verifier.detail(denied, new Ended(2, 0, List.of("errno 105"))))
                .isEqualTo("EPERM at once; sessions could not be listed: errno 105");
    }
}
