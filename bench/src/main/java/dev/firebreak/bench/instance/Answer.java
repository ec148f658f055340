package dev.firebreak.bench.instance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/// What the service answered.
public record Answer(int status, String body) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// Done, or known to be done before.
    public boolean accepted() {
        return status >= 200 && status < 300;
    }

    /// It could not, for now; the same may be asked again.
    public boolean unsettled() {
        return status >= 500 || status == 429 || status == 408;
    }

    public JsonNode json() {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("not JSON: " + body, broken);
        }
    }

    /// The answer itself, or an error with what was said.
    public Answer demand(String what) {
        if (!accepted()) {
            throw new IllegalStateException(
                    "%s was answered by %d: %s".formatted(what, status, body));
        }
        return this;
    }
}
