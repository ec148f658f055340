package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;

/// A timeline is asked for page by page: the next one begins behind the greatest position of the
/// last, and one with nothing behind it is the end.
record Pages(Rest rest, PrintStream err) {

    static final int SIZE = 1_000;

    private static final int MAX_PAGES = 100;

    /// All of it, up to a bound that is said when it is reached.
    JsonNode all(String path) {
        var all = Rest.JSON.createArrayNode();
        var position = 0L;
        for (var page = 0; page < MAX_PAGES; page++) {
            var lines = rest.get(page == 0 ? path : path + "&after=" + position);
            var last = last(lines);
            if (last <= position) {
                return all;
            }
            lines.forEach(all::add);
            position = last;
        }
        err.println("There is more; ask for a shorter span.");
        return all;
    }

    private static long last(JsonNode lines) {
        var last = 0L;
        for (var line : lines) {
            last = Math.max(last, line.path("position").asLong());
        }
        return last;
    }
}
