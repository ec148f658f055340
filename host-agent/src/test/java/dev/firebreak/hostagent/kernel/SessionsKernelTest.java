package dev.firebreak.hostagent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Subject;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// What becomes of sessions that cannot be looked at.
@KernelTest
class SessionsKernelTest {

    private static final int ENOBUFS = 105;

    private final Deny deny =
            Denies.deny(
                    "d",
                    new Subject.Cgroup("/no-such-slice"),
                    Direction.BOTH,
                    "192.0.2.1",
                    Denies.tcp(9));

    @Test
    void a_list_that_cannot_be_had_is_told_and_stops_nothing() {
        var sessions =
                new Sessions(
                        Placement.wholeMachine("test/sessions"),
                        List.of(),
                        () -> {
                            throw new BpfFailure("opening sock_diag", ENOBUFS);
                        });

        Sessions.Ended ended = sessions.end(List.of(deny)).getOrDefault("d", Sessions.Ended.NONE);

        assertThat(ended.unlisted()).containsExactly("opening sock_diag: errno 105");
        assertThat(ended.destroyed()).isZero();
    }

    @Test
    void one_namespace_that_fails_leaves_the_others_their_turn() {
        var namespaces = new NetworkNamespaces();
        var turns = new AtomicInteger();

        List<String> results =
                namespaces.inEach(
                        () -> {
                            turns.incrementAndGet();
                            throw new BpfFailure("listing sockets", ENOBUFS);
                        },
                        failure -> String.valueOf(failure.getMessage()));

        assertThat(turns).hasValue(1);
        assertThat(results).containsExactly("listing sockets: errno 105");
    }
}
