package dev.firebreak.enforcerconnectors.hostagent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.enforcerconnectors.enforcer.SettableClock;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.InvalidTerm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentAuthorityTest {

    private static final EnforcerName WEB_1 = EnforcerName.parse("host/web-1");

    @TempDir Path directory;

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T03:00:00Z"));

    @Test
    void it_is_made_once_and_only_its_owner_may_read_it() throws Exception {
        var first = AgentAuthority.openOrCreate(directory, clock);
        var again = AgentAuthority.openOrCreate(directory, clock);

        assertThat(again.pem()).isEqualTo(first.pem());
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(
                                        directory.resolve(AuthorityFile.NAME))))
                .isEqualTo("rw-------");
        try (var files = Files.list(directory)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void replicas_that_start_together_share_one() {
        var authorities =
                IntStream.range(0, 16)
                        .parallel()
                        .mapToObj(_ -> AgentAuthority.openOrCreate(directory, clock).pem())
                        .distinct()
                        .toList();

        assertThat(authorities).hasSize(1);
    }

    @Test
    void a_key_that_others_can_read_is_refused() throws Exception {
        AgentAuthority.openOrCreate(directory, clock);
        Files.setPosixFilePermissions(
                directory.resolve(AuthorityFile.NAME),
                PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> AgentAuthority.openOrCreate(directory, clock))
                .rootCause()
                .hasMessageContaining("0600");
    }

    @Test
    void an_agents_certificate_names_it_and_ends_soon() throws Exception {
        var authority = AgentAuthority.openOrCreate(directory, clock);
        var keys = Certificates.newKeys();

        var issued = authority.issueAgent(WEB_1, keys.getPublic(), Duration.ofHours(24));

        assertThat(Presented.of(issued).orElseThrow().enforcer()).isEqualTo(WEB_1);
        assertThat(issued.getNotAfter().toInstant())
                .isEqualTo(clock.instant().plus(Duration.ofHours(24)));
        assertThat(issued.getBasicConstraints()).isEqualTo(-1);
        assertThat(issued.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
    }

    @Test
    void a_token_names_one_enforcer_and_one_authority_and_shows_its_secret_to_nobody() {
        var authority = AgentAuthority.openOrCreate(directory, clock);
        var token = authority.newToken(WEB_1);

        var read = EnrolmentToken.parse(token.text());

        assertThat(read).isEqualTo(token);
        assertThat(read.enforcer()).isEqualTo(WEB_1);
        assertThat(read.isOf(authority.fingerprint())).isTrue();
        assertThat(token.hash()).hasSize(64);
        assertThat(token.toString()).doesNotContain(token.secret());
        assertThat(authority.newToken(WEB_1)).isNotEqualTo(token);
    }

    @Test
    void what_is_not_a_token_is_refused() {
        var text = AgentAuthority.openOrCreate(directory, clock).newToken(WEB_1).text();

        for (var bad :
                new String[] {
                    "",
                    "fbt1",
                    "fbt2" + text.substring(4),
                    text + ".",
                    text.substring(0, text.length() - 1),
                    "fbt1.%%." + text.substring(text.indexOf('.', 5) + 1),
                    "x".repeat(5_000)
                }) {
            assertThatThrownBy(() -> EnrolmentToken.parse(bad)).isInstanceOf(InvalidTerm.class);
        }
    }
}
