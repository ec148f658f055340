package dev.firebreak.service.start;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {

    private static final String LOOPBACK = "127.0.0.1";

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 65_536, 99_999})
    void a_number_that_is_no_port_is_refused(int port) {
        assertThatThrownBy(() -> new Door("--port", LOOPBACK, port))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--port is " + port)
                .hasMessageContaining("65535");
    }

    @Test
    void a_port_that_is_taken_is_named_with_the_option_that_changes_it() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var door = new Door("--agents-port", LOOPBACK, taken.getLocalPort());

            assertThatThrownBy(door::tryOut)
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("Port " + taken.getLocalPort())
                    .hasMessageContaining("--agents-port");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "localhost, 127.0.0.1",
        "0.0.0.0, 127.0.0.1",
        "127.0.0.1, ::",
    })
    void two_doors_on_one_port_are_refused(String people, String agents) {
        var door = new Door("--port", people, 8080);

        assertThatThrownBy(() -> door.isNot(new Door("--agents-port", agents, 8080)))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("--port and --agents-port are both 8080");
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 7443", "192.0.2.7, 8080"})
    void two_doors_apart_are_let_be(String agents, int port) {
        var door = new Door("--port", LOOPBACK, 8080);

        assertThatCode(() -> door.isNot(new Door("--agents-port", agents, port)))
                .doesNotThrowAnyException();
    }

    @Test
    void a_port_that_is_free_stays_free() throws IOException {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var door = new Door("--port", LOOPBACK, port);

        assertThatCode(
                        () -> {
                            door.tryOut();
                            door.tryOut();
                        })
                .doesNotThrowAnyException();
    }
}
