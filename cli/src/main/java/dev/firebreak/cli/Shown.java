package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/// What a verb shows: the service's own answer for programs, lines for people, and how it went.
/// What would be refused is shown, and why is told after it.
record Shown(JsonNode json, List<String> lines, Exit exit, Optional<Stop> refusal) {

    Shown {
        lines = List.copyOf(lines);
    }

    static Shown of(JsonNode json, List<String> lines) {
        return new Shown(json, lines, Exit.OK, Optional.empty());
    }

    static Shown said(JsonNode json, String sentence) {
        return of(json, List.of(sentence));
    }

    /// What is the same text for people and programs.
    static Shown text(String text) {
        return of(Bodies.empty().put("text", text), text.lines().toList());
    }

    Shown ending(Exit exit) {
        return new Shown(json, lines, exit, refusal);
    }

    Shown unless(Optional<Stop> refusal) {
        return refusal.map(stop -> new Shown(json, lines, stop.exit(), refusal)).orElse(this);
    }
}
