package dev.firebreak.hostagent.deny;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.0/24, 203.0.113.0/24",
        "203.0.113.77/24, 203.0.113.0/24",
        "10.1.2.3, 10.1.2.3",
        "10.1.2.3/32, 10.1.2.3",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:db8::/32, 2001:db8:0:0:0:0:0:0/32",
        "::1, 0:0:0:0:0:0:0:1",
        "::ffff:10.1.2.3, 10.1.2.3",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "::ffff:0:0/96, 0.0.0.0/0"
    })
    void every_spelling_of_an_address_is_one_prefix(String written, String read) {
        assertThat(Prefix.parse(written)).hasToString(read);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "/24", "10.1.2", "10.1.2.3/33", "10.1.2.3/", "10.1.2.3/-1", "10.1.2.3/24/24",
                "300.1.1.1", "example.com", "1.2.3.4.5", "::1/129", "[::1]", "fe80::1%eth0",
                        "10.1.2.3 ",
                "12345", "0x7f000001"
            })
    void what_is_no_address_is_refused_and_no_name_is_resolved(String written) {
        assertThatThrownBy(() -> Prefix.parse(written)).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"::/0", "::/1", "::/80", "0:0:0:0:0:fff0::/90"})
    void an_ipv6_prefix_that_would_swallow_ipv4_is_refused(String written) {
        assertThatThrownBy(() -> Prefix.parse(written))
                .isInstanceOf(Malformed.class)
                .hasMessageContaining("IPv4");
    }

    @Test
    void containing_and_overlapping_follow_the_bits() {
        Prefix ten = Prefix.parse("10.0.0.0/8");
        Prefix inside = Prefix.parse("10.20.0.0/16");
        Prefix beside = Prefix.parse("11.0.0.0/8");

        assertThat(ten.contains(inside)).isTrue();
        assertThat(inside.contains(ten)).isFalse();
        assertThat(inside.overlaps(ten)).isTrue();
        assertThat(ten.overlaps(beside)).isFalse();
        assertThat(Prefix.EVERYONE.contains(ten)).isTrue();
        assertThat(Prefix.EVERYONE.contains(Prefix.parse("2001:db8::/32"))).isTrue();
    }

    @Test
    void the_representative_of_a_network_is_its_first_host() {
        assertThat(Prefix.parse("10.0.0.0/24").representative().getHostAddress())
                .isEqualTo("10.0.0.1");
        assertThat(Prefix.parse("10.0.0.0").representative().getHostAddress())
                .isEqualTo("10.0.0.0");
    }
}
