package dev.firebreak.service.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LifelinesTest {

    @Test
    void resolvers_are_kept_by_address_for_both_transports() {
        var lines =
                List.of(
                        "# made by hand",
                        "nameserver 192.0.2.53",
                        "  nameserver   2001:db8::53",
                        "nameserver fe80::1%eth0",
                        "search example.com");

        assertThat(Lifelines.resolvers(lines))
                .containsExactly(
                        "192.0.2.53 53/udp",
                        "192.0.2.53 53/tcp",
                        "2001:db8::53 53/udp",
                        "2001:db8::53 53/tcp");
    }

    @Test
    void the_database_is_kept_by_address_and_port() {
        assertThat(Lifelines.database("jdbc:postgresql://127.0.0.1:40123/firebreak"))
                .containsExactly("127.0.0.1 40123/tcp");
        assertThat(Lifelines.database("jdbc:postgresql://192.0.2.7/firebreak?sslmode=require"))
                .containsExactly("192.0.2.7 5432/tcp");
    }

    @Test
    void a_database_by_name_is_left_to_the_operators_own_list() {
        assertThat(Lifelines.database("jdbc:postgresql://db.example.com/firebreak")).isEmpty();
    }
}
