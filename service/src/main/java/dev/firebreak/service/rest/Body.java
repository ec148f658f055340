package dev.firebreak.service.rest;

import dev.firebreak.eventlog.term.InvalidTerm;
import org.jspecify.annotations.Nullable;

/// What a request's body must hold.
final class Body {

    private Body() {}

    static <T> T need(@Nullable T value, String field) { // absent when the client left it out
        if (value == null) {
            throw new InvalidTerm("The field '%s' is needed and missing.".formatted(field));
        }
        return value;
    }

    static <T> T or(@Nullable T value, T otherwise) { // absent when the client left it out
        return value == null ? otherwise : value;
    }
}
