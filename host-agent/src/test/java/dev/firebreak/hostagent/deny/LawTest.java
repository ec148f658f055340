package dev.firebreak.hostagent.deny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.hostagent.protocol.WireDeny;
import dev.firebreak.hostagent.protocol.WireDeny.WirePorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.ValueSource;

class LawTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final Law law =
            new Law(
                    HOUR,
                    10,
                    NeverDeny.parseAll(
                            List.of(
                                    "# lifelines",
                                    "10.0.0.5 8443/tcp",
                                    "10.0.0.53  # resolver",
                                    "")));

    @Test
    void a_deny_within_the_law_passes() {
        assertThat(law.objects(deny(HOUR, "203.0.113.0/24"))).isEmpty();
    }

    /// A plan foretells this, see HostLawTest in segmentation.
    @ParameterizedTest
    @CsvFileSource(files = "src/law/judgements.csv", delimiter = '|')
    void it_judges_as_is_foretold(String never, String peers, String ports, String becomes) {
        var own = new Law(HOUR, 10, NeverDeny.parseAll(List.of(never.split(" *; *", -1))));
        var deny =
                new WireDeny(
                                "d",
                                1_000,
                                List.of(new WireDeny.WireSubject(true, null)),
                                "both",
                                peers.equals("everyone")
                                        ? List.of()
                                        : List.of(peers.split(" ", -1)),
                                ports.equals("all") ? List.of() : ports(ports))
                        .read();

        String judged =
                own.objects(deny).isPresent()
                        ? "refused"
                        : own.exceptions(deny).isEmpty() ? "free" : "except";

        assertThat(judged).isEqualTo(becomes);
    }

    private static List<WirePorts> ports(String text) {
        List<WirePorts> ports = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            String[] words = item.split("[-/]", -1);
            ports.add(
                    words.length == 1
                            ? new WirePorts(item, null, null)
                            : new WirePorts(
                                    words[words.length - 1],
                                    Integer.valueOf(words[0]),
                                    Integer.valueOf(words[words.length - 2])));
        }
        return ports;
    }

    @Test
    void too_long_is_refused_not_shortened() {
        assertThat(law.objects(deny(HOUR.plusMillis(1), "203.0.113.0/24")))
                .map(Refusal::code)
                .contains("ttl-too-long");
    }

    @Test
    void entries_are_counted_with_those_of_others() {
        assertThat(law.room(8).objects(2)).isEmpty();
        assertThat(law.room(9).objects(2)).map(Refusal::code).contains("too-many-entries");
        assertThat(law.room(11).objects(1)).map(Refusal::code).contains("too-many-entries");
    }

    @Test
    void what_one_deny_may_take_is_less_than_what_all_may() {
        var wide = new Law(HOUR, 100_000, List.of());

        assertThat(wide.room(0).objects(8_192)).isEmpty();
        assertThat(wide.room(0).objects(8_193)).map(Refusal::code).contains("too-many-entries");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.53", "::ffff:10.0.0.53"})
    void a_deny_inside_the_never_deny_list_is_refused_however_it_is_spelt(String peer) {
        assertThat(law.objects(deny(HOUR, peer))).map(Refusal::code).contains("never-deny");
    }

    @Test
    void one_peer_on_the_never_deny_list_keeps_no_other_peer_open() {
        var both =
                new Deny(
                        "d",
                        HOUR,
                        List.of(new Subject.Host()),
                        Direction.BOTH,
                        List.of(Prefix.parse("10.0.0.53"), Prefix.parse("203.0.113.7")),
                        List.of());

        assertThat(law.objects(both)).isEmpty();
        assertThat(law.exceptions(both))
                .singleElement()
                .asString()
                .contains("held except for 10.0.0.53");
    }

    @Test
    void a_protected_port_does_not_protect_the_others() {
        var other =
                new Deny(
                        "d",
                        HOUR,
                        List.of(new Subject.Host()),
                        Direction.BOTH,
                        List.of(Prefix.parse("10.0.0.5")),
                        List.of(new PortRange(Protocol.TCP, 22, 22)));

        assertThat(law.objects(other)).isEmpty();
        assertThat(law.exceptions(other)).isEmpty();
    }

    @Test
    void a_deny_that_covers_a_lifeline_is_held_and_says_what_stays_open() {
        assertThat(law.objects(deny(HOUR, "10.0.0.0/8"))).isEmpty();
        assertThat(law.exceptions(deny(HOUR, "10.0.0.0/8")))
                .hasSize(2)
                .anyMatch(each -> each.contains("10.0.0.5 8443/tcp"))
                .anyMatch(each -> each.contains("10.0.0.53"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "10.0.0.5 8443",
                "10.0.0.5 9-8/tcp",
                "10.0.0.5 70000/tcp",
                "a b c"
            })
    void a_line_that_is_no_lifeline_is_refused(String line) {
        assertThatThrownBy(() -> NeverDeny.parse(line)).isInstanceOf(Malformed.class);
    }

    private static Deny deny(Duration time, String peer) {
        return new Deny(
                "d",
                time,
                List.of(new Subject.Host()),
                Direction.BOTH,
                List.of(Prefix.parse(peer)),
                List.of());
    }
}
