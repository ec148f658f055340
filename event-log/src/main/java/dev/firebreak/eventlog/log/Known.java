package dev.firebreak.eventlog.log;

import java.util.UUID;

/// An event that the log holds already, with what tells whether it is the same one.
record Known(UUID id, long position, String stream, Bytes payload) {

    boolean isSameAs(PreparedEvent event) {
        return id.equals(event.id)
                && stream.equals(event.stream)
                && payload.equals(new Bytes(event.payload));
    }
}
