package dev.firebreak.hostagent.deny;

import java.util.Optional;

/// A live session of a subject; who opened it is known for TCP alone.
public record Session(
        Protocol protocol, Prefix peer, int localPort, int remotePort, Optional<View> opened) {

    int servicePort(View view) {
        return view == View.OPENED ? remotePort : localPort;
    }

    boolean mayBe(View view) {
        return opened.isEmpty() || opened.get() == view;
    }
}
