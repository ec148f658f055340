package dev.firebreak.chatops.slack;

import com.google.gson.JsonObject;
import java.util.List;

/// The messages that need no thought.
final class Notices {

    private Notices() {}

    static JsonObject received() {
        return message(
                "Received; the answer takes a moment and comes here. There is no need to type it again.");
    }

    static JsonObject busy() {
        return message(
                "Too much is being asked at once, so this was not looked at and nothing was done. Try again"
                        + " in a moment, or use a terminal: firebreak contain …");
    }

    static JsonObject away() {
        return message(
                "The log cannot be reached right now, so this was not looked at and nothing was done. What is"
                        + " contained stays contained until its end. Try the same again in a moment; that is"
                        + " safe.");
    }

    static JsonObject broken() {
        return message(
                "Something is wrong inside Firebreak, and it is not known whether this was decided. Type"
                        + " status to see what is contained now, before you try again.");
    }

    private static JsonObject message(String text) {
        return new Drawn(text, List.of(Pieces.section(text))).privately();
    }
}
