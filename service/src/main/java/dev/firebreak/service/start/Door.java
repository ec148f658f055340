package dev.firebreak.service.start;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/// A port that we are to listen on, and the option that names it.
record Door(String option, String address, int port) {

    private static final int LAST_PORT = 65_535;

    Door {
        if (port < 1 || port > LAST_PORT) {
            throw new CannotStart(
                    "%s is %d, and a port is a number from 1 to %d. Nothing was started."
                            .formatted(option, port, LAST_PORT));
        }
    }

    /// Both would open, and every other caller would find the wrong one behind it.
    void isNot(Door other) {
        if (port == other.port && meets(other)) {
            throw new CannotStart(
                    ("%s and %s are both %d, and two cannot listen on one port. Give one of them"
                                    + " another. Nothing was started.")
                            .formatted(option, other.option, port));
        }
    }

    /// The same address, or one of them is every address of this machine.
    private boolean meets(Door other) {
        var here = new InetSocketAddress(address, port).getAddress();
        var there = new InetSocketAddress(other.address, port).getAddress();
        return here == null // one that nobody knows is refused when it is tried out
                || there == null
                || here.equals(there)
                || here.isAnyLocalAddress()
                || there.isAnyLocalAddress();
    }

    /// Opens it for a moment, before anything is made that a refusal would leave behind.
    void tryOut() {
        try (var socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(address, port));
        } catch (BindException taken) {
            throw new CannotStart(
                    ("Port %d of %s cannot be listened on (%s). Perhaps another Firebreak runs"
                                    + " here already: stop what uses the port, or give another with"
                                    + " %s. Nothing was started.")
                            .formatted(port, address, taken.getMessage(), option),
                    taken);
        } catch (IOException refused) {
            throw new CannotStart(
                    "Nobody can listen on %s, port %d (%s). Give another with %s."
                            .formatted(address, port, refused.getMessage(), option),
                    refused);
        }
    }
}
