package dev.firebreak.embeddedpostgres;

/// PostgreSQL could not be prepared, started or stopped; the message is a sentence for the operator
/// and says what to do.
public sealed class EmbeddedPostgresException extends RuntimeException
        permits DataDirectoryInUseException {
    EmbeddedPostgresException(String message) {
        super(message);
    }

    EmbeddedPostgresException(String message, Throwable cause) {
        super(message, cause);
    }
}
