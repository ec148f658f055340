package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Labels on a workload, or the labels a scope asks for; at most [#MAX_LABELS].
public record Labels(@JsonValue SortedMap<String, String> values) {

    public static final int MAX_LABELS = 64;

    public static final Labels NONE = new Labels(new TreeMap<>());

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][-A-Za-z0-9._/]{0,252}");
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9]?[-A-Za-z0-9._]{0,62}");

    @JsonCreator
    public Labels {
        if (values.size() > MAX_LABELS) {
            throw new InvalidTerm("More than %d labels.".formatted(MAX_LABELS));
        }
        values.forEach(Labels::check);
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }

    public static Labels of(Map<String, String> values) {
        return new Labels(new TreeMap<>(values));
    }

    /// Reads `k=v,k=v`.
    public static Labels parse(String text) {
        var values = new TreeMap<String, String>();
        for (var pair : text.split(",", -1)) {
            var at = pair.indexOf('=');
            if (at < 1) {
                throw new InvalidTerm(
                        "'%s' is not a label: write KEY=VALUE, for example team=payments."
                                .formatted(Words.printable(pair)));
            }
            if (values.put(pair.substring(0, at), pair.substring(at + 1)) != null) {
                throw new InvalidTerm(
                        "The label '%s' is given twice.".formatted(pair.substring(0, at)));
            }
        }
        return new Labels(values);
    }

    /// Whether these labels hold every label that `asked` names.
    public boolean hold(Labels asked) {
        return values.entrySet().containsAll(asked.values.entrySet());
    }

    public boolean hold(String key, String value) {
        return value.equals(values.get(key));
    }

    private static void check(String key, String value) {
        if (!KEY.matcher(key).matches() || !VALUE.matcher(value).matches()) {
            throw new InvalidTerm(
                    "'%s=%s' is not a label: keys and values are letters, digits, '-', '.' and '_'."
                            .formatted(Words.printable(key), Words.printable(value)));
        }
    }

    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(","));
    }
}
