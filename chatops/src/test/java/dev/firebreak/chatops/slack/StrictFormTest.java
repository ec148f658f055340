package dev.firebreak.chatops.slack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictFormTest {

    @Test
    void a_form_in_utf8_is_read_as_it_is() {
        var form = "text=caf%C3%A9+%E2%80%94ttl&user_id=U1&empty=&bare";

        assertThat(StrictForm.read(form.getBytes(UTF_8))).contains(form);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text=%C3%28",
                "text=%E9",
                "text=%FF",
                "text=%C0%AF",
                "text=%ED%A0%80",
                "text=%",
                "text=%4",
                "text=%4g",
                "user_id=U1&user_id=U2",
                "user_id=U1&user%5fid=U2",
                "text=a\nb",
            })
    void a_form_that_could_be_read_in_two_ways_is_refused(String form) {
        assertThat(StrictForm.read(form.getBytes(UTF_8))).isEmpty();
    }

    @Test
    void bytes_that_are_not_utf8_are_refused() {
        assertThat(StrictForm.read("text=caf\u00e9".getBytes(ISO_8859_1))).isEmpty();
        assertThat(StrictForm.read(new byte[] {(byte) 0xff, (byte) 0xfe})).isEmpty();
    }

    @Test
    void a_form_with_more_fields_than_slack_sends_is_refused() {
        var form = new StringBuilder("a0=");
        for (var i = 1; i < 70; i++) {
            form.append("&a").append(i).append('=');
        }

        assertThat(StrictForm.read(form.toString().getBytes(UTF_8))).isEmpty();
    }
}
