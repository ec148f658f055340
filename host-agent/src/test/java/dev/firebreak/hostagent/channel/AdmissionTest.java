package dev.firebreak.hostagent.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.protocol.Frames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who may go on, who enrols (again), and who cannot go on at all.
class AdmissionTest {

    @TempDir Path state;

    private StandInService service;
    private Instant now = Instant.now();

    @BeforeEach
    void serve() throws GeneralSecurityException {
        service = new StandInService(KeyPurposeId.id_kp_serverAuth);
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void a_certificate_that_has_ended_and_a_new_token_enrol() throws Exception {
        admission().objection(service.token(1));
        String first = certificate();
        now = now.plus(Duration.ofDays(3));

        assertThat(admission().objection(service.token(2))).isEmpty();
        assertThat(certificate()).isNotEqualTo(first);
    }

    @Test
    void a_good_certificate_and_the_token_it_came_by_do_not_enrol() throws Exception {
        admission().objection(service.token(1));
        String first = certificate();

        assertThat(admission().isNew(service.token(1))).isFalse();
        assertThat(admission().objection(service.token(1))).isEmpty();
        assertThat(certificate()).isEqualTo(first);
        assertThat(service.asked).hasSize(1);
    }

    /// Revoked and enrolled again: the old certificate looks good to its agent alone.
    @Test
    void a_good_certificate_and_a_new_token_enrol() throws Exception {
        admission().objection(service.token(1));
        String first = certificate();

        assertThat(admission().objection(service.token(2))).isEmpty();
        assertThat(certificate()).isNotEqualTo(first);
        assertThat(admission().isNew(service.token(2))).isFalse();
    }

    @Test
    void a_refused_token_leaves_a_good_certificate_in_use() throws Exception {
        admission().objection(service.token(1));
        String first = certificate();
        service.refusing = true;

        assertThat(admission().objection(service.token(2))).isEmpty();
        assertThat(certificate()).isEqualTo(first);
        assertThat(new Identity(state).mutual()).isNotNull();
    }

    @Test
    void a_refused_token_and_a_certificate_that_has_ended_are_told() throws Exception {
        admission().objection(service.token(1));
        now = now.plus(Duration.ofDays(3));
        service.refusing = true;

        assertThat(admission().objection(service.token(2))).contains("Not enrolled (not-you): No.");
    }

    @Test
    void a_token_for_another_name_is_not_used() throws Exception {
        admission().objection(service.token(1));

        assertThat(admission().objection(service.tokenFor("host/other"))).isEmpty();
        assertThat(service.asked).hasSize(1);
        now = now.plus(Duration.ofDays(3));
        assertThat(admission().objection(service.tokenFor("host/other")).orElseThrow())
                .contains("host/other", StandInService.ENFORCER);
    }

    @Test
    void without_token_an_agent_goes_on_as_who_it_is_or_says_what_it_needs() throws Exception {
        assertThat(admission().objection(null).orElseThrow()).contains("--token");
        admission().objection(service.token(1));
        assertThat(admission().objection(null)).isEmpty();
        now = now.plus(Duration.ofDays(3));

        assertThat(admission().objection(null)).isEmpty();
    }

    private Admission admission() {
        var identity = new Identity(state);
        var enrolment = new Enrolment(new Frames().json(), service.address(), identity);
        return new Admission(enrolment, identity, () -> now);
    }

    private String certificate() throws IOException {
        return Files.readString(state.resolve("agent.crt"));
    }
}
