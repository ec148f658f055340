package dev.firebreak.hostagent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LibcTest {

    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int NETLINK_SOCK_DIAG = 4;

    @Test
    @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nobody_waits_for_ever_for_an_answer_that_does_not_come() {
        int socket = Libc.socket(AF_NETLINK, SOCK_RAW, NETLINK_SOCK_DIAG);
        try (var arena = Arena.ofConfined()) {
            assertThat(Libc.receiveWithin(socket, Duration.ofMillis(50))).isZero();

            assertThat(Libc.receive(socket, arena.allocate(64, 8))).isEqualTo(-Libc.EAGAIN);
        } finally {
            Libc.close(socket);
        }
    }
}
