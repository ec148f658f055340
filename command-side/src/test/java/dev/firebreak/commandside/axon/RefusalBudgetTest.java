package dev.firebreak.commandside.axon;

import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.Cast.ROB;
import static dev.firebreak.commandside.Cast.VERA;
import static dev.firebreak.commandside.axon.RefusalBudget.MAX_ACTORS;
import static dev.firebreak.commandside.axon.RefusalBudget.PER_ACTOR_AND_MINUTE;
import static dev.firebreak.commandside.axon.RefusalBudget.PER_MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.term.ResponderName;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalBudgetTest {

    private final RefusalBudget budget = new RefusalBudget();

    @Test
    void an_actor_is_written_down_so_often_a_minute_and_then_counted() {
        spend(VERA.name(), PER_ACTOR_AND_MINUTE, NOON);

        assertThat(budget.admit(VERA.name(), NOON)).isEmpty();
        assertThat(budget.admit(VERA.name(), NOON)).isEmpty();
        assertThat(budget.admit(VERA.name(), NOON.plusSeconds(60))).hasValue(2);
        assertThat(budget.admit(VERA.name(), NOON.plusSeconds(60))).hasValue(0);
    }

    @Test
    void one_actor_does_not_use_up_anothers_budget() {
        spend(VERA.name(), PER_ACTOR_AND_MINUTE, NOON);

        assertThat(budget.admit(ROB.name(), NOON)).hasValue(0);
    }

    @Test
    void all_actors_together_have_a_budget_too() {
        for (var i = 0; i < PER_MINUTE; i++) {
            assertThat(budget.admit(actor(i), NOON)).isPresent();
        }

        assertThat(budget.admit(actor(PER_MINUTE), NOON)).isEmpty();
    }

    @Test
    void a_clock_that_steps_back_neither_gives_nor_takes() {
        spend(VERA.name(), PER_ACTOR_AND_MINUTE - 1, NOON);

        assertThat(budget.admit(VERA.name(), NOON.minusSeconds(3_600))).isPresent();
        assertThat(budget.admit(VERA.name(), NOON.minusSeconds(3_000))).isEmpty();
    }

    @Test
    void however_many_actors_come_the_memory_is_bounded_and_no_count_is_lost() {
        spend(VERA.name(), PER_ACTOR_AND_MINUTE, NOON);
        assertThat(budget.admit(VERA.name(), NOON)).isEmpty();
        for (var i = 0; i < MAX_ACTORS + 100; i++) {
            // One a second: the common budget refills and admits each, the first with the count.
            assertThat(budget.admit(actor(i), NOON.plusSeconds(i + 60)).orElse(-1))
                    .isBetween(0L, 1L);
        }

        assertThat(budget.actors()).isEqualTo(MAX_ACTORS);
    }

    @Test
    void what_could_not_be_written_after_all_is_counted_with_the_next() {
        budget.admit(VERA.name(), NOON);
        budget.putBack(VERA.name(), 3);

        assertThat(budget.admit(VERA.name(), NOON)).hasValue(4);
    }

    private void spend(ResponderName actor, int times, Instant at) {
        for (var i = 0; i < times; i++) {
            assertThat(budget.admit(actor, at)).hasValue(0);
        }
    }

    private static ResponderName actor(int number) {
        return new ResponderName("actor-" + number);
    }
}
