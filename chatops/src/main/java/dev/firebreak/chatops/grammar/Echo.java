package dev.firebreak.chatops.grammar;

import dev.firebreak.eventlog.term.Printable;

/// Says back a piece of what was typed: short, and without characters that could disguise it.
final class Echo {

    private static final int MAX_LENGTH = 60;

    private Echo() {}

    static String of(String text) {
        return Printable.of(text, MAX_LENGTH);
    }
}
