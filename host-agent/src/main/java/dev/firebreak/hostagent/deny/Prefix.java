package dev.firebreak.hostagent.deny;

import static dev.firebreak.hostagent.deny.Malformed.require;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/// A set of addresses with a common beginning. IPv4 lives in `::ffff:0:0/96`, however it was
/// written, so a v4-mapped spelling can neither hide from a deny nor from the never-deny list.
public record Prefix(long high, long low, int length) {

    public static final int BITS = 128;
    private static final int V4_BITS = 96;
    private static final long V4_MARK = 0x0000_ffff_0000_0000L;
    private static final int LONGEST_TEXT = 64;

    public static final Prefix EVERYONE = new Prefix(0, 0, 0);

    public Prefix {
        require(0 <= length && length <= BITS, () -> "prefix length " + length);
        high &= maskHigh(length);
        low &= maskLow(length);
    }

    /// Reads `203.0.113.0/24`, `2001:db8::/32`, or an address alone. Never resolves a name.
    public static Prefix parse(String text) {
        require(
                text.length() <= LONGEST_TEXT,
                () -> "an address of " + text.length() + " characters");
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        require(
                address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*"),
                () -> "not an address: " + text);
        require(
                address.indexOf(':') >= 0 || address.split("\\.", -1).length == 4,
                () -> "not an address: " + text);
        boolean writtenAsV6 = address.indexOf(':') >= 0;
        Prefix host = of(literal(address));
        if (slash < 0) {
            return host;
        }
        String digits = text.substring(slash + 1);
        require(digits.matches("[0-9]{1,3}"), () -> "prefix length of " + text);
        int written = Integer.parseInt(digits);
        require(written <= (writtenAsV6 ? BITS : BITS - V4_BITS), () -> "prefix length of " + text);
        var prefix = new Prefix(host.high, host.low, writtenAsV6 ? written : written + V4_BITS);
        // Here IPv4 is a part of the IPv6 space: a deny must not grow over it in silence.
        require(
                prefix.length >= V4_BITS || !prefix.contains(new Prefix(0, V4_MARK, V4_BITS)),
                () ->
                        text
                                + " would cover IPv4 too: name 2000::/3, or no peer at all for everyone");
        return prefix;
    }

    public static Prefix of(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return new Prefix(0, V4_MARK | (ByteBuffer.wrap(bytes).getInt() & 0xffff_ffffL), BITS);
        }
        var buffer = ByteBuffer.wrap(bytes);
        return new Prefix(buffer.getLong(), buffer.getLong(), BITS);
    }

    public boolean contains(Prefix other) {
        return length <= other.length
                && (other.high & maskHigh(length)) == high
                && (other.low & maskLow(length)) == low;
    }

    public boolean overlaps(Prefix other) {
        return contains(other) || other.contains(this);
    }

    public boolean isV4() {
        return length >= V4_BITS && high == 0 && (low & maskLow(V4_BITS)) == V4_MARK;
    }

    /// The lowest address inside that a client may call: the network address itself only when it
    /// stands alone.
    public InetAddress representative() {
        boolean alone = length >= BITS - 1;
        return new Prefix(high, alone ? low : low | 1, BITS).address();
    }

    public InetAddress address() {
        try {
            byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }

    public static long maskHigh(int length) {
        return length == 0 ? 0 : length >= 64 ? -1L : -1L << (64 - length);
    }

    public static long maskLow(int length) {
        return length <= 64 ? 0 : -1L << (BITS - length);
    }

    private static InetAddress literal(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new Malformed("not an address: " + address);
        }
    }

    @Override
    public String toString() {
        int written = isV4() ? length - V4_BITS : length;
        boolean alone = length == BITS;
        return address().getHostAddress() + (alone ? "" : "/" + written);
    }
}
