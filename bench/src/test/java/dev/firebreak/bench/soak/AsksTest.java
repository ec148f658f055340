package dev.firebreak.bench.soak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.bench.instance.Answer;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AsksTest {

    private static final int MANY = 1_000;

    @Test
    void every_ask_has_a_key_of_its_own() {
        var asks = asks(true);

        assertThat(Stream.generate(asks::next).limit(MANY).map(Asks.Ask::key))
                .doesNotHaveDuplicates();
    }

    @Test
    void the_same_seed_asks_for_the_same() {
        assertThat(Stream.generate(asks(true)::next).limit(MANY))
                .containsExactlyElementsOf(Stream.generate(asks(true)::next).limit(MANY).toList());
    }

    @Test
    void without_an_enforcer_nothing_is_contained() {
        assertThat(Stream.generate(asks(false)::next).limit(MANY).map(Asks.Ask::path))
                .containsOnly("/api/v1/workloads");
    }

    @Test
    void what_was_contained_is_released_later_and_once() {
        var asks = asks(true);
        var contained = Stream.generate(asks::next).filter(AsksTest::contains).findFirst();
        asks.accepted(contained.orElseThrow(), new Answer(201, "{\"id\": \"C-7F3K9QX\"}"));

        assertThat(Stream.generate(asks::next).limit(MANY).map(Asks.Ask::path))
                .containsOnlyOnce("/api/v1/containments/C-7F3K9QX/releases");
    }

    @Test
    void the_stream_of_a_containment_is_told_by_the_answer() {
        var contain = Stream.generate(asks(true)::next).filter(AsksTest::contains).findFirst();

        assertThat(contain.orElseThrow().stream(new Answer(201, "{\"id\": \"C-7F3K9QX\"}")))
                .isEqualTo("containment/C-7F3K9QX");
    }

    private static boolean contains(Asks.Ask ask) {
        return ask.path().endsWith("/containments");
    }

    private static Asks asks(boolean contains) {
        return new Asks("a", new SplittableRandom(1), contains);
    }
}
