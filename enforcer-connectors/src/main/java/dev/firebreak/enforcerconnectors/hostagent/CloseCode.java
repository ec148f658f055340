package dev.firebreak.enforcerconnectors.hostagent;

/// Why a channel is closed, by the number on the wire.
enum CloseCode {
    GOING_AWAY(1001),
    TOO_LARGE(1009),
    MALFORMED(4400),
    NOT_YOURS(4401),
    SILENT(4408),
    REPLACED(4409),
    PROTOCOL(4426);

    private final short number;

    CloseCode(int number) {
        this.number = (short) number;
    }

    short number() {
        return number;
    }
}
