package dev.firebreak.hostagent.deny;

import java.util.ArrayList;
import java.util.List;

/// A subject that a deny names and this host does not hold, or not by all of its rules, or that is
/// not there now: which one, a stable code, and a sentence for a responder. The other subjects are
/// held.
public record Gap(String subject, String code, String sentence) {

    /// So many are told one by one; of the others only how many they are.
    public static final int MOST_NAMED = 16;

    /// Stands for gaps that are not named.
    public static final String MORE = "more";

    static final int LONGEST_SENTENCE = 600;

    public Gap {
        sentence = sentence.substring(0, Math.min(sentence.length(), LONGEST_SENTENCE));
    }

    public static Gap of(Subject subject, Refusal why) {
        return new Gap(subject.name(), why.code(), why.sentence());
    }

    public static List<Gap> told(List<Gap> gaps) {
        return told(gaps, MOST_NAMED);
    }

    /// The first few, and how many there are beyond them.
    public static List<Gap> told(List<Gap> gaps, int most) {
        if (gaps.size() <= most) {
            return gaps;
        }
        int others = gaps.size() - most;
        List<Gap> told = new ArrayList<>(gaps.subList(0, most));
        told.add(new Gap(others + " more", MORE, "they are too many to be named"));
        return told;
    }
}
