package dev.firebreak.hostagent.kernel;

/// This host cannot hold denies, and why: the message says what to do.
public final class Unsupported extends RuntimeException {

    Unsupported(String message) {
        super(message);
    }
}
