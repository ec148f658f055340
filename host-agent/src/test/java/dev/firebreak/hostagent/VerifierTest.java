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

    @Test
    void a_second_look_that_ends_nothing_takes_nothing_back() {
        var ended = new SessionsEnded();

        assertThat(ended.plus("d", 2)).isEqualTo(2);
        assertThat(ended.plus("e", 1)).isEqualTo(1);
        assertThat(ended.plus("d", 0)).isEqualTo(2);
        assertThat(ended.plus("d", 3)).isEqualTo(5);

        ended.forgetAllBut(List.of("e"));
        assertThat(ended.plus("d", 0)).isZero();
        assertThat(ended.plus("e", 0)).isEqualTo(1);
    }
}
