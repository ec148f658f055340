package dev.firebreak.chatops.slack;

import java.nio.charset.StandardCharsets;

/// A text that must not be seen: it never appears in a log line, an exception or an event.
public final class Secret {

    private final String text;

    public Secret(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an empty secret");
        }
        this.text = text;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "…";
    }
}
