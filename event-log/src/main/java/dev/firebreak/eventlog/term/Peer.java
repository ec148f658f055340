package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// The other end of what is cut: everyone, or a scope.
public sealed interface Peer {

    Peer EVERYONE = new Everyone();

    record Everyone() implements Peer {
        @Override
        public String toString() {
            return "everyone";
        }
    }

    record Of(Scope scope) implements Peer {
        @Override
        public String toString() {
            return scope.toString();
        }
    }

    /// The text form; [#parse] reads it back.
    @Override
    @JsonValue
    String toString();

    @JsonCreator
    static Peer parse(String text) {
        return "everyone".equals(text) ? EVERYONE : new Of(Scope.parse(text));
    }
}
