package dev.firebreak.chatops.grammar;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// Finds what was probably meant: the word that is fewest slips of the finger away.
public final class Likeness {

    /// One slip in three letters; beyond that a guess confuses more than it helps.
    private static final int LETTERS_PER_SLIP = 3;

    private static final int MAX_LENGTH = 40;

    private Likeness() {}

    public static Optional<String> nearest(String typed, Collection<String> known) {
        var word = typed.toLowerCase(Locale.ROOT);
        if (word.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        return known.stream()
                .filter(each -> slips(word, each) <= 1 + each.length() / LETTERS_PER_SLIP / 2)
                .min(Comparator.comparingInt(each -> slips(word, each)));
    }

    /// Letters that were left out, added, mistaken or swapped with their neighbour.
    static int slips(String a, String b) {
        var rows = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : cheapest(rows, a, b, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int cheapest(int[][] rows, String a, String b, int i, int j) {
        var same = a.charAt(i - 1) == b.charAt(j - 1);
        var least = Math.min(rows[i - 1][j], rows[i][j - 1]) + 1;
        least = Math.min(least, rows[i - 1][j - 1] + (same ? 0 : 1));
        var swapped =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
