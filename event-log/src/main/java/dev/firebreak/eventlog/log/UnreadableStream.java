package dev.firebreak.eventlog.log;

/// Nothing can be decided on a stream that holds an event which this release cannot read: what that
/// event changed is not known.
public final class UnreadableStream extends RuntimeException {

    private final String stream;
    private final long position;

    UnreadableStream(UnreadableEvent event, long position) {
        super(
                "%s cannot be decided on: its event at position %d is unreadable: %s"
                        .formatted(event.stream(), position, event.why()));
        this.stream = event.stream();
        this.position = position;
    }

    public String stream() {
        return stream;
    }

    /// Where the first event stands that cannot be read.
    public long position() {
        return position;
    }
}
