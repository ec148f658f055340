package dev.firebreak.segmentation;

import static dev.firebreak.segmentation.Story.host;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Subject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/// What is foretold of a host's own law is what its agent does, see LawTest in host-agent.
class HostLawTest {

    @ParameterizedTest
    @CsvFileSource(files = "../host-agent/src/law/judgements.csv", delimiter = '|')
    void it_foretells_what_the_agent_does(
            String never, String peers, String ports, String becomes) {
        var objection = objection(List.of(never.split(" *; *", -1)), peers, ports);

        assertThat(
                        objection.startsWith("it will refuse this")
                                ? "refused"
                                : objection.isEmpty() ? "free" : "except")
                .isEqualTo(becomes);
    }

    @Test
    void what_stays_open_is_named() {
        var never = List.of("10.0.0.5 8443/tcp", "10.0.0.53", "192.0.2.1");

        assertThat(objection(never, "10.0.0.0/24", "all"))
                .isEqualTo("not for 10.0.0.5 8443/tcp, 10.0.0.53, which this host never denies");
        assertThat(objection(never, "10.0.0.53/32", "all"))
                .isEqualTo(
                        "it will refuse this, because nothing but 10.0.0.53 would be cut, which this"
                                + " host never denies");
    }

    @Test
    void a_line_that_cannot_be_read_may_keep_anything_open() {
        assertThat(objection(List.of("the moon"), "10.0.0.53/32", "443/tcp"))
                .startsWith("not for the moon");
    }

    private static String objection(List<String> never, String peers, String ports) {
        var blocks =
                peers.equals("everyone")
                        ? Stream.<CidrBlock>empty()
                        : Stream.of(peers.split(" ", -1)).map(CidrBlock::parse);
        var part = new Part(host("web-1"), List.of(new Subject.WholeHost()), blocks.toList());
        return new HostLaw(never).objection(part, Ports.parse(ports)).orElse("");
    }
}
