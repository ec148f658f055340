package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// What a verb shows: the service's own answer for programs, lines for people, and how it went.
record Shown(JsonNode json, List<String> lines, Exit exit) {

    Shown {
        lines = List.copyOf(lines);
    }

    static Shown of(JsonNode json, List<String> lines) {
        return new Shown(json, lines, Exit.OK);
    }

    static Shown said(JsonNode json, String sentence) {
        return of(json, List.of(sentence));
    }

    /// What is the same text for people and programs.
    static Shown text(String text) {
        return of(Bodies.empty().put("text", text), text.lines().toList());
    }

    Shown ending(Exit exit) {
        return new Shown(json, lines, exit);
    }
}
