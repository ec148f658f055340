package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.CidrBlock;
import java.math.BigInteger;

/// A block as numbers, parsed once, for comparing many.
record Net(boolean v4, int prefix, BigInteger first) {
    private static final int V4_BITS = 32;
    private static final int V6_BITS = 128;

    static Net of(CidrBlock block) {
        return new Net(block.isV4(), block.prefixLength(), new BigInteger(1, block.address()));
    }

    boolean contains(Net other) {
        var hostBits = (v4 ? V4_BITS : V6_BITS) - prefix;
        return v4 == other.v4
                && prefix <= other.prefix
                && first.shiftRight(hostBits).equals(other.first.shiftRight(hostBits));
    }

    boolean overlaps(Net other) {
        return contains(other) || other.contains(this);
    }
}
