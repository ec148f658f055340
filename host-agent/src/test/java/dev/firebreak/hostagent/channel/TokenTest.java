package dev.firebreak.hostagent.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firebreak.hostagent.deny.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    @Test
    void a_token_names_its_enforcer_and_pins_the_authority() {
        Token token = Token.parse(token("host/web-1") + "\n");

        assertThat(token.enforcer()).isEqualTo("host/web-1");
        assertThat(token.authorityDigest()).isEqualTo("00".repeat(32));
        assertThat(token).hasToString("token for host/web-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fbt1",
                "fbt2.aG9zdA.AA.AA",
                "fbt1.aG9zdA.AA.AA",
                "fbt1.!!.AA.AA",
                "a.b.c.d.e"
            })
    void what_is_no_token_is_refused_in_a_sentence(String text) {
        assertThatThrownBy(() -> Token.parse(text)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../etc", "", "a b", "host/\u202eweb"})
    void a_strange_name_is_refused(String enforcer) {
        assertThatThrownBy(() -> Token.parse(token(enforcer))).isInstanceOf(Malformed.class);
    }

    private static String token(String enforcer) {
        return String.join(
                ".",
                "fbt1",
                URL.encodeToString(enforcer.getBytes(StandardCharsets.UTF_8)),
                URL.encodeToString(new byte[32]),
                URL.encodeToString(new byte[32]));
    }
}
