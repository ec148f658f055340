package dev.firebreak.hostagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.hostagent.deny.Gap;
import dev.firebreak.hostagent.deny.Law;
import dev.firebreak.hostagent.deny.Malformed;
import dev.firebreak.hostagent.protocol.Frames;
import dev.firebreak.hostagent.protocol.FromAgent;
import dev.firebreak.hostagent.protocol.WireHeld;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Small words: durations, digests, the agent's own lifeline.
class WordsTest {

    @Test
    void durations_have_units() {
        assertThat(Durations.parse("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(Durations.parse("15m")).isEqualTo(Duration.ofMinutes(15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "15", "m", "15m3", "-5m", "1d", "15 m"})
    void what_is_no_duration_is_refused(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(Malformed.class);
    }

    @Test
    void the_digest_is_that_of_the_sorted_ids_one_a_line() {
        assertThat(Digest.of(List.of("b", "a"))).isEqualTo(Digest.of(List.of("a", "b")));
        assertThat(Digest.of(List.of("a", "b"))).isEqualTo(sha("a\nb\n"));
        assertThat(Digest.of(List.of()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void the_way_to_the_service_is_always_a_lifeline() {
        Law law = RunningAgent.withOwnPath(Law.usual(), URI.create("https://127.0.0.1:8443"));

        assertThat(law.neverDeny()).singleElement().hasToString("127.0.0.1 8443/tcp");
    }

    @Test
    void a_receipt_for_a_thousand_denies_fits_a_frame_whatever_it_has_to_say() {
        var gap = new Gap("/" + "ü".repeat(199), "outside-root", "it is not below it");
        var held =
                new WireHeld(
                        "x".repeat(128),
                        "refused",
                        "outside-root",
                        "\"".repeat(900),
                        1,
                        2,
                        List.of(),
                        java.util.Collections.nCopies(Gap.MOST_NAMED, gap));

        var told = Parts.inOneFrame(java.util.Collections.nCopies(1_000, held));

        var frame =
                new Frames()
                        .write(
                                new FromAgent.Receipt(
                                        1,
                                        1,
                                        FromAgent.Outcome.APPLIED,
                                        "",
                                        "",
                                        told,
                                        List.of(),
                                        List.of()));
        assertThat(frame.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .isLessThan(Frames.LARGEST_FRAME);
        assertThat(told.getFirst()).isEqualTo(held);
        assertThat(told.getLast().gaps()).extracting(Gap::subject).containsExactly("16 more");
    }

    @Test
    void what_is_held_is_cut_into_parts_that_fit_a_frame() {
        var held =
                new WireHeld(
                        "x".repeat(100),
                        "held",
                        "held",
                        "",
                        1,
                        2,
                        List.of("c".repeat(400)),
                        List.of());

        var parts = Parts.of(java.util.Collections.nCopies(5_000, held));

        var frames = new Frames();
        assertThat(parts.stream().mapToInt(List::size).sum()).isEqualTo(5_000);
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(parts)
                .allMatch(part ->
                        frames.write(new FromAgent.Observation(1, 0, 1, 9, part)).length()
                                < Frames.LARGEST_FRAME);
        assertThat(Parts.of(List.of())).hasSize(1);
    }

    private static String sha(String text) {
        return java.util.HexFormat.of()
                .formatHex(
                        Digest.sha256()
                                .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}
