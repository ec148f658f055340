package dev.firebreak.commandside.command;

import com.google.errorprone.annotations.FormatMethod;
import dev.firebreak.eventlog.event.Event;
import java.util.List;

/// What the rules make of one command, before anything is written.
public sealed interface Decision<E extends Event> {

    /// These events happen, all or none, in this order.
    record Decided<E extends Event>(List<E> events) implements Decision<E> {
        public Decided {
            events = List.copyOf(events);
            if (events.isEmpty()) {
                throw new IllegalArgumentException("a decision without an event is no decision");
            }
        }
    }

    /// Nothing happens, because what is asked for is so already.
    record Stands<E extends Event>(String sentence) implements Decision<E> {}

    /// Nothing happens, because the rules say no.
    record Refusal<E extends Event>(RefusalCode code, String sentence) implements Decision<E> {}

    static <E extends Event> Decision<E> decided(E event) {
        return new Decided<>(List.of(event));
    }

    static <E extends Event> Decision<E> decided(E first, E second) {
        return new Decided<>(List.of(first, second));
    }

    @FormatMethod
    static <E extends Event> Decision<E> stands(String sentence, Object... words) {
        return new Stands<>(sentence.formatted(words));
    }

    @FormatMethod
    static <E extends Event> Decision<E> refused(
            RefusalCode code, String sentence, Object... words) {
        return new Refusal<>(code, sentence.formatted(words));
    }

    /// What is to be written, which is nothing unless something was decided.
    default List<E> events() {
        return switch (this) {
            case Decided<E>(var events) -> events;
            case Stands<E> _, Refusal<E> _ -> List.of();
        };
    }
}
