package dev.firebreak.service.rest;

import dev.firebreak.eventlog.term.InvalidTerm;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Whoever reads a body needs one: neither nothing nor `null` will do.
@Provider
public class NeededBody implements ReaderInterceptor {

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        @Nullable Object body = context.proceed(); // null for nothing, and for the text "null"
        if (body == null) {
            throw new InvalidTerm("A JSON object is needed as the body, and there is none.");
        }
        return body;
    }
}
