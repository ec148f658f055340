package dev.firebreak.bench.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.HdrHistogram.Histogram;

/// What came of a [Contest].
public record Scores(Map<String, List<Sample>> samples, Load.Seen load) {

    public List<Sample> of(String name) {
        return Objects.requireNonNull(samples.get(name), name);
    }

    public boolean has(String name) {
        return samples.containsKey(name);
    }

    public Quartiles values(String name) {
        return Quartiles.of(of(name).stream().map(Sample::value).toList());
    }

    /// Ours against the floor of the same round.
    public Quartiles ratio(String ours, String floor) {
        var paired = new ArrayList<Double>();
        for (var round = 0; round < of(ours).size(); round++) {
            paired.add(of(ours).get(round).value() / of(floor).get(round).value());
        }
        return Quartiles.of(paired);
    }

    /// The same for a time that a share of all stayed below.
    public Quartiles ratioOfTimes(String ours, String floor, double percentile) {
        var paired = new ArrayList<Double>();
        for (var round = 0; round < of(ours).size(); round++) {
            paired.add(
                    (double) of(ours).get(round).times().getValueAtPercentile(percentile)
                            / of(floor).get(round).times().getValueAtPercentile(percentile));
        }
        return Quartiles.of(paired);
    }

    /// All rounds' single times together.
    public Histogram times(String name) {
        var all = Sample.histogram();
        of(name).forEach(sample -> all.add(sample.times()));
        return all;
    }
}
