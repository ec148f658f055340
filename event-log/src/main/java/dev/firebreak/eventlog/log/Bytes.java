package dev.firebreak.eventlog.log;

import java.util.Arrays;
import java.util.HexFormat;

/// Bytes that are never changed once they are here; equal when they are the same bytes.
final class Bytes {

    static final Bytes NONE = new Bytes(new byte[0]);

    private final byte[] array;

    /// Takes the array over without copying it.
    Bytes(byte[] array) {
        this.array = array;
    }

    /// Not a copy, and not to be written to.
    byte[] array() {
        return array;
    }

    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(array);
    }
}
