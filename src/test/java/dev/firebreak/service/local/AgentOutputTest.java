package dev.firebreak.service.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentOutputTest {

    @Test
    void the_agents_own_time_is_left_out_and_nothing_else_is() {
        assertThat(AgentOutput.untimed("2026-11-23T13:58:00.123Z plan generation=7 puts=1"))
                .isEqualTo("plan generation=7 puts=1");
        assertThat(AgentOutput.untimed("2026-11-23T13:58:00Z kernel repaired rules=2"))
                .isEqualTo("kernel repaired rules=2");
        assertThat(AgentOutput.untimed("until=2026-11-23T13:58:00Z of it"))
                .isEqualTo("until=2026-11-23T13:58:00Z of it");
        assertThat(AgentOutput.untimed("Exception in thread main")).startsWith("Exception");
    }
}
