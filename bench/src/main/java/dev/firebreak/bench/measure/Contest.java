package dev.firebreak.bench.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;

/// Several contestants by turns in one process tree, so that what slows one slows the others too.
/// Who begins changes with every round; a first turn of each warms up and is not counted.
public final class Contest {

    /// Fewer rounds say nothing about the spread.
    public static final int FEWEST_ROUNDS = 9;

    private final List<Contestant> contestants = new ArrayList<>();

    /// One turn of one contestant.
    @FunctionalInterface
    public interface Turn {
        Sample take() throws Exception;
    }

    public Contest with(String name, Turn turn) {
        contestants.add(new Contestant(name, turn, new ArrayList<>()));
        return this;
    }

    /// Every contestant's samples, one a round, in the order of the rounds.
    public Scores run(int rounds) throws Exception {
        if (rounds < FEWEST_ROUNDS) {
            throw new IllegalArgumentException("at least %d rounds".formatted(FEWEST_ROUNDS));
        }
        for (var contestant : contestants) {
            contestant.turn.take();
        }
        var load = Load.begin();
        var order = new ArrayList<>(contestants);
        for (var round = 0; round < rounds; round++) {
            for (var contestant : order) {
                contestant.samples.add(contestant.turn.take());
            }
            Collections.rotate(order, 1);
        }
        var samples = new LinkedHashMap<String, List<Sample>>();
        contestants.forEach(contestant -> samples.put(contestant.name, contestant.samples));
        return new Scores(samples, load.end());
    }

    private record Contestant(String name, Turn turn, List<Sample> samples) {}
}
