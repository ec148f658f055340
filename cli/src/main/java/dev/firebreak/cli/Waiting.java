package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/// Waits, for a bounded time, until it is known whether a containment holds.
final class Waiting {

    static final Duration LONGEST = Duration.ofSeconds(30);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

    private final Rest rest;
    private final Terminal terminal;
    private final ContainmentLooks looks;
    private final Duration longest;

    Waiting(Rest rest, Terminal terminal, ContainmentLooks looks, Duration longest) {
        this.rest = rest;
        this.terminal = terminal;
        this.looks = looks;
        this.longest = longest;
    }

    Shown until(JsonNode first) {
        var view = first;
        var id = Looks.text(view, "id");
        var pause = FIRST_PAUSE;
        var until = System.nanoTime() + longest.toNanos();
        while (isOpen(view) && System.nanoTime() < until && paused(pause)) {
            view = rest.get("containments/" + id);
            pause = pause.multipliedBy(2);
            pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
        if (isOpen(view)) {
            terminal.err()
                    .println(
                            "After %s it is still not known whether it holds everywhere; firebreak status %s shows."
                                    .formatted(Times.text(longest), id));
        }
        return Shown.of(view, looks.containment(view)).ending(exit(view));
    }

    private static boolean isOpen(JsonNode view) {
        var state = Looks.text(view, "state");
        return state.isEmpty() || state.equals("pushing");
    }

    /// Nothing but "contained" is success: a script must not go on as if it held.
    static Exit exit(JsonNode view) {
        return switch (Looks.text(view, "state")) {
            case "contained" -> Exit.OK;
            case "contained-except", "awaiting-approval" -> Exit.PARTIAL;
            case "not-contained", "releasing", "ended", "declined" -> Exit.FAILED;
            default -> Exit.UNKNOWN;
        };
    }

    private static boolean paused(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
