package dev.firebreak.eventlog.log;

/// Where the log ends: the last position and its hash, which stands for everything before it.
record Head(long position, Bytes hash) {

    static final int HASH_BYTES = 32;

    /// Before the first event.
    static final Head EMPTY = new Head(0, new Bytes(new byte[HASH_BYTES]));
}
