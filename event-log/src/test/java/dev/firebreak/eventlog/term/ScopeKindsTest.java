package dev.firebreak.eventlog.term;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeKindsTest {

    @ParameterizedTest
    @CsvSource({
        "env:prod, env/prod",
        "ENV=prod, env/prod",
        "environment/prod, env/prod",
        "hosts/web-1, host/web-1",
        "ip:10.0.0.0/8, cidr/10.0.0.0/8",
        "label:team=shop, label/team=shop",
        "workload:shop/cart, workload/shop/cart"
    })
    void a_kind_in_another_word_or_with_another_sign_is_understood(String typed, String meant) {
        assertThat(ScopeKinds.meant(typed)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"prod", "shop/cart", "env:", "env:a b", "ip:10.0.0.300", "sg:everything"})
    void what_would_be_no_scope_either_is_not_offered(String typed) {
        assertThat(ScopeKinds.meant(typed)).isEmpty();
    }

    @Test
    void what_was_typed_is_never_offered() {
        assertThat(ScopeKinds.meant("env/prod")).isEmpty();
    }
}
