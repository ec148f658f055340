package dev.firebreak.bench.demo;

import java.io.PrintStream;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Tells what happens, for somebody who reads it for the first time.
final class Teller {

    private static final int WIDTH = 92;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final PrintStream out;
    private int step;

    Teller(PrintStream out) {
        this.out = out;
    }

    /// A step, and in one or two sentences what it is for.
    void step(String title, String why) {
        step++;
        out.printf("%n%d. %s%n", step, title);
        wrap(why);
    }

    /// Something that would be typed.
    void typed(String command) {
        out.println("     $ " + command);
    }

    /// Something that was seen, and when.
    void seen(String what) {
        out.printf("     %s  %s%n", time(Instant.now()), what);
    }

    /// Something that was recorded, and when.
    void recorded(Instant at, String sentence) {
        wrap("     %s  ".formatted(time(at)), " ".repeat(19), sentence);
    }

    /// Something that is said aside.
    void aside(String text) {
        wrap(text);
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    private void wrap(String text) {
        wrap("   ", "   ", text);
    }

    private void wrap(String first, String others, String text) {
        var line = new StringBuilder(first);
        var empty = true;
        for (var word : text.split(" ", -1)) {
            if (!empty && line.length() + word.length() > WIDTH) {
                out.println(line.toString().stripTrailing());
                line.setLength(0);
                line.append(others);
            }
            line.append(word).append(' ');
            empty = false;
        }
        out.println(line.toString().stripTrailing());
    }
}
