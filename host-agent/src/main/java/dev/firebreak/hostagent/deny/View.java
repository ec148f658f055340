package dev.firebreak.hostagent.deny;

/// How a session looks from its subject: the side that did not open it owns the service port.
public enum View {
    /// The subject opened the session; the peer's port serves.
    OPENED(0),
    /// The peer opened the session; the subject's port serves.
    SERVED(1);

    private final int code;

    View(int code) {
        this.code = code;
    }

    /// The number the kernel program knows it by.
    public int code() {
        return code;
    }

    public static View of(int code) {
        return code == OPENED.code ? OPENED : SERVED;
    }

    public Direction direction() {
        return this == OPENED ? Direction.EGRESS : Direction.INGRESS;
    }
}
