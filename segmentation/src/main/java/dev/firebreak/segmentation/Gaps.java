package dev.firebreak.segmentation;

import dev.firebreak.eventlog.term.Gap;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// Gaps as they are found, listed by reason; what shares a reason shares a line. A list for a
/// person has at most [#MAX_GAPS] lines of [#MAX_NAMED] names each, and says what it leaves out.
final class Gaps {
    static final int MAX_GAPS = 64;
    static final int MAX_NAMED = 20;

    private final TreeMap<String, TreeSet<String>> byReason = new TreeMap<>();

    void add(String what, String why) {
        byReason.computeIfAbsent(why, _ -> new TreeSet<>()).add(what);
    }

    List<Gap> list() {
        var lines = new ArrayList<Gap>();
        byReason.forEach((why, names) -> lines.add(new Gap(spoken(names), why)));
        if (lines.size() <= MAX_GAPS) {
            return lines;
        }
        var left = lines.size() - MAX_GAPS + 1;
        var shown = new ArrayList<>(lines.subList(0, MAX_GAPS - 1));
        shown.add(new Gap(left + " more", "there are too many reasons to list; narrow the scope"));
        return shown;
    }

    /// `a, b, c and 17 more`.
    static String spoken(SortedSet<String> names) {
        var shown = String.join(", ", names.stream().limit(MAX_NAMED).toList());
        var left = names.size() - MAX_NAMED;
        return left > 0 ? shown + " and " + left + " more" : shown;
    }
}
