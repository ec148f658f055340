package dev.firebreak.segmentation;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// The known names nearest to one that is not known.
final class Closest {
    static final int MAX_OFFERED = 3;
    private static final int LETTERS_PER_SLIP = 4;
    private static final int MAX_SLIPS = 3;

    private Closest() {}

    /// At most three; at most one slip for each four letters, and never more than three.
    static List<String> to(String asked, Collection<String> known) {
        var slips = Math.clamp(asked.length() / LETTERS_PER_SLIP, 1, MAX_SLIPS);
        record Near(String name, int distance) {}
        return known.stream()
                .filter(name -> Math.abs(name.length() - asked.length()) <= slips)
                .map(name -> new Near(name, distance(asked, name)))
                .filter(near -> near.distance() <= slips)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .limit(MAX_OFFERED)
                .map(Near::name)
                .toList();
    }

    /// ` Did you mean a or b?`, or nothing.
    static String question(List<String> closest) {
        return closest.isEmpty() ? "" : " Did you mean %s?".formatted(String.join(" or ", closest));
    }

    /// Letters added, dropped, exchanged or swapped with their neighbour.
    private static int distance(String a, String b) {
        var before = new int[b.length() + 1];
        var last = new int[b.length() + 1];
        var next = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            next[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var exchange = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                next[j] = Math.min(last[j - 1] + exchange, 1 + Math.min(last[j], next[j - 1]));
                if (i > 1 && j > 1 && isSwap(a, b, i, j)) {
                    next[j] = Math.min(next[j], before[j - 2] + 1);
                }
            }
            var spare = before;
            before = last;
            last = next;
            next = spare;
        }
        return last[b.length()];
    }

    private static boolean isSwap(String a, String b, int i, int j) {
        return a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}
