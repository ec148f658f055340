package dev.firebreak.bench.measure;

/// What a ratio is to reach, from one side.
public sealed interface Goal {

    boolean reached(double median);

    record AtLeast(double bound) implements Goal {
        @Override
        public boolean reached(double median) {
            return median >= bound;
        }

        @Override
        public String toString() {
            return "≥ %.2f".formatted(bound);
        }
    }

    record AtMost(double bound) implements Goal {
        @Override
        public boolean reached(double median) {
            return median <= bound;
        }

        @Override
        public String toString() {
            return "≤ %.2f".formatted(bound);
        }
    }

    /// Measured and told, with no bound of its own.
    record None() implements Goal {
        @Override
        public boolean reached(double median) {
            return true;
        }

        @Override
        public String toString() {
            return "";
        }
    }

    /// The bound, and whether it was reached; a contended run is never judged.
    default String verdict(double median, boolean contended) {
        return switch (this) {
            case None _ -> "";
            case AtLeast _, AtMost _ ->
                    this + (contended ? " (not judged)" : reached(median) ? " reached" : " MISSED");
        };
    }
}
