package dev.firebreak.chatops;

/// A store behind one of the ports cannot answer right now; asking again later is safe.
public final class Unavailable extends RuntimeException {

    public Unavailable(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
