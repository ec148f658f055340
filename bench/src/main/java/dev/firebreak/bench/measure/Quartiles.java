package dev.firebreak.bench.measure;

import java.util.Arrays;
import java.util.Collection;

/// The middle of a sample, and the span of its middle half.
public record Quartiles(double first, double median, double third) {

    /// Between two samples the value is taken in proportion.
    public static Quartiles of(Collection<Double> samples) {
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("no samples, no middle");
        }
        var sorted = samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        if (!Arrays.stream(sorted).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("not a number: " + Arrays.toString(sorted));
        }
        return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    private static double at(double[] sorted, double fraction) {
        var place = fraction * (sorted.length - 1);
        var below = (int) Math.floor(place);
        var above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
