package dev.firebreak.enforcerconnectors.enforcer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectiveTest {

    private static final Instant END = Instant.parse("2026-11-23T04:00:00Z");

    @Test
    void empty_is_never_a_plan() {
        assertThatThrownBy(() -> new Directive(1, List.of(), List.of(), true))
                .hasMessage("Empty is never a plan");
    }

    @Test
    void a_deny_is_named_once() {
        var put = Denies.deny(1, END);

        assertThatThrownBy(() -> new Directive(1, List.of(put, put), List.of(), false))
                .hasMessageContaining("twice");
        assertThatThrownBy(() -> new Directive(1, List.of(put), List.of(Denies.id(1)), false))
                .hasMessageContaining("twice");
    }

    @Test
    void a_digest_depends_on_the_set_and_not_on_its_order() {
        // printf 'C-0000001\nC-0000002\n' | sha256sum
        var expected = "8a11c534448b911d0aeb664390744b1966a4dac58afc504f5eb091efa2bd4ed6";

        assertThat(Digest.of(List.of(Denies.id(2), Denies.id(1))))
                .isEqualTo(Digest.of(List.of(Denies.id(1), Denies.id(2))))
                .isEqualTo(expected);
        assertThat(Digest.of(List.of()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }

    @Test
    void a_foreign_id_is_nameable_and_belongs_to_no_containment() {
        assertThat(new DenyId("left-over-1").containment()).isEmpty();
        assertThat(Denies.id(7).containment()).contains(Denies.containment(7));
        assertThatThrownBy(() -> new DenyId("two\nlines")).hasMessageContaining("visible");
    }
}
