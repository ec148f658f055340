package dev.firebreak.eventlog.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TermTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "workload/payments/checkout",
                "host/web-1",
                "label/team=payments,tier=front",
                "env/production",
                "tenant/acme",
                "cidr/203.0.113.0/24",
                "cidr/2001:db8::/32",
                "sg/sg-0a1",
                "db/reporting"
            })
    void a_scope_reads_back_what_it_writes(String text) {
        assertThat(Scope.parse(text)).hasToString(text);
    }

    @Test
    void a_bare_namespace_and_name_is_a_workload() {
        assertThat(Scope.parse("payments/checkout")).hasToString("workload/payments/checkout");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "payments",
                "a/b/c",
                "host/",
                "label/team",
                "env/Prod",
                "cidr/0.0.0.0/0",
                "cidr/::/0",
                "cidr/10.0.0.5/24",
                "cidr/010.0.0.0/8",
                "cidr/10.0.0.0/33",
                "cidr/10.0/16",
                "cidr/::ffff:0:0/80",
                "sg/10",
                "host/a\u202eb",
                "payments/check\nout"
            })
    void what_is_not_a_scope_is_refused_with_a_sentence(String text) {
        assertThatThrownBy(() -> Scope.parse(text))
                .isInstanceOf(InvalidTerm.class)
                .message()
                .doesNotContain("\n", "\u202e")
                .matches("(?s).*[.?]")
                .satisfies(sentence -> assertThat(sentence.length()).isGreaterThan(20));
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.7, 10.0.0.7/32",
        "10.0.0.0/8, 10.0.0.0/8",
        "::ffff:10.0.0.7, 10.0.0.7/32",
        "::ffff:10.0.0.0/104, 10.0.0.0/8",
        "2001:DB8:0::/32, 2001:db8::/32",
        "::1, ::1/128"
    })
    void a_block_has_one_spelling(String typed, String canonical) {
        assertThat(CidrBlock.parse(typed)).hasToString(canonical);
    }

    @Test
    void set_host_bits_are_answered_with_the_block_that_was_meant() {
        assertThatThrownBy(() -> CidrBlock.parse("10.0.0.5/24"))
                .hasMessageContaining("10.0.0.0/24?");
    }

    @Test
    void blocks_know_what_lies_in_them() {
        var block = CidrBlock.parse("10.0.0.0/8");

        assertThat(block.contains(CidrBlock.parse("10.1.0.0/16"))).isTrue();
        assertThat(block.contains(CidrBlock.parse("11.0.0.0/16"))).isFalse();
        assertThat(CidrBlock.parse("10.1.0.0/16").overlaps(block)).isTrue();
        assertThat(block.contains(CidrBlock.parse("::a00:0/128"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"15m, PT15M", "2h, PT2H", "1h30m, PT1H30M", "90s, PT1M30S", "1d, PT24H"})
    void a_duration_has_units(String typed, Duration duration) {
        assertThat(Ttl.parse(typed).duration()).isEqualTo(duration);
        assertThat(Ttl.parse(Ttl.parse(typed).toString()).duration()).isEqualTo(duration);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "0m", "m", "-5m", "1.5h", "5 m", "31d", "99999d", "30M"})
    void a_number_without_a_unit_is_no_duration(String typed) {
        assertThatThrownBy(() -> Ttl.parse(typed)).isInstanceOf(InvalidTerm.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "5432/tcp|5432/tcp",
                "443|443/tcp,443/udp",
                "8000-8099/udp,53/udp|53/udp,8000-8099/udp",
                "icmp|icmp",
                "all|all"
            })
    void ports_have_one_spelling(String typed, String canonical) {
        assertThat(Ports.parse(typed)).hasToString(canonical);
        assertThat(Ports.parse(canonical)).isEqualTo(Ports.parse(typed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "70000", "9-5", "80/sctp", "80,", "http", "1-2-3"})
    void what_is_not_a_port_is_refused(String typed) {
        assertThatThrownBy(() -> Ports.parse(typed)).isInstanceOf(InvalidTerm.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "payments", "/a//b", "/a/../b", "/a/.", "/a/", ""})
    void a_cgroup_path_cannot_climb(String typed) {
        assertThatThrownBy(() -> new CgroupPath(typed)).isInstanceOf(InvalidTerm.class);
    }

    @Test
    void the_same_ask_names_the_same_containment_until_it_has_ended() {
        var first = ContainmentId.of(ask("payments/checkout"), 0);

        assertThat(first).isEqualTo(ContainmentId.of(ask("workload/payments/checkout"), 0));
        assertThat(first).isNotEqualTo(ContainmentId.of(ask("payments/checkout"), 1));
        assertThat(first).isNotEqualTo(ContainmentId.of(ask("payments/cart"), 0));
        assertThat(
                        ContainmentId.parse(
                                first.value().substring(2).toLowerCase(java.util.Locale.ROOT)))
                .isEqualTo(first);
    }

    @Test
    void a_reason_is_one_plain_line() {
        assertThat(new Reason("  beaconing seen ")).hasToString("beaconing seen");
        assertThatThrownBy(() -> new Reason(" ")).isInstanceOf(InvalidTerm.class);
        assertThatThrownBy(() -> new Reason("a\nb")).isInstanceOf(InvalidTerm.class);
        assertThatThrownBy(() -> new Reason("x".repeat(501))).isInstanceOf(InvalidTerm.class);
    }

    @Test
    void a_reason_that_cannot_be_seen_is_none() {
        for (var unseen : List.of("", "\u00a0", "\u2800\u2800", "\u3164", "\u0301", " \uffa0 ")) {
            assertThatThrownBy(() -> new Reason(unseen))
                    .isInstanceOf(InvalidTerm.class)
                    .hasMessageContaining("needed");
        }
        assertThat(new Reason("\u2800seen")).hasToString("\u2800seen");
    }

    @Test
    void an_owner_is_one_plain_line_or_nothing() {
        assertThat(new Owner(" payments ")).hasToString("payments");
        assertThat(new Owner("")).isEqualTo(Owner.UNKNOWN);
        assertThat(new Owner("x".repeat(Owner.MAX_LENGTH)).text()).hasSize(Owner.MAX_LENGTH);
        for (var bad :
                List.of(
                        "x".repeat(Owner.MAX_LENGTH + 1),
                        "a\nb",
                        "a\u001b[2J",
                        "a\u0007",
                        "a\u0000",
                        "a\u202eb",
                        "a\ud800")) {
            assertThatThrownBy(() -> new Owner(bad)).isInstanceOf(InvalidTerm.class);
        }
    }

    private static Ask ask(String subject) {
        return new Ask(
                Effect.DENY,
                Scope.parse(subject),
                Peer.parse("cidr/203.0.113.0/24"),
                Direction.BOTH,
                Ports.ALL,
                List.of());
    }

    @Test
    void a_reason_may_be_as_long_as_is_promised_and_no_longer() {
        assertThat(new Reason("x".repeat(Reason.MAX_LENGTH)).text()).hasSize(Reason.MAX_LENGTH);
        assertThatThrownBy(() -> new Reason("x".repeat(Reason.MAX_LENGTH + 1)))
                .isInstanceOf(InvalidTerm.class);
        assertThatThrownBy(() -> new Reason("x".repeat(400) + "\u202e"))
                .isInstanceOf(InvalidTerm.class);
    }
}
