package dev.firebreak.hostagent.deny;

/// A transport protocol, by the number the kernel program uses (ICMPv6 counts as ICMP).
public enum Protocol {
    ANY(0),
    ICMP(1),
    TCP(6),
    UDP(17);

    private final int code;

    Protocol(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /// The name for a code met in telemetry; a protocol that only an any-protocol deny can hit
    /// keeps its number.
    public static String name(int code) {
        for (Protocol each : values()) {
            if (each.code == code) {
                return each.name().toLowerCase(java.util.Locale.ROOT);
            }
        }
        return Integer.toString(code);
    }
}
