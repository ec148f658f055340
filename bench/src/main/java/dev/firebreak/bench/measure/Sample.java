package dev.firebreak.bench.measure;

import org.HdrHistogram.Histogram;

/// One turn: the value that is compared, and how long each single thing in it took, in nanoseconds.
public record Sample(double value, Histogram times) {

    /// Values from a nanosecond to ten minutes, three digits exact.
    public static Histogram histogram() {
        return new Histogram(1, 600_000_000_000L, 3);
    }

    /// A turn that has a value and no single times.
    public static Sample of(double value) {
        return new Sample(value, histogram());
    }

    /// The time that a share of all stayed below, in milliseconds.
    public static double millis(Histogram times, double percentile) {
        return times.getValueAtPercentile(percentile) / 1e6;
    }
}
