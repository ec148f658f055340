package dev.firebreak.enforcerconnectors.enforcer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.enforcerconnectors.enforcer.Observation.Seen;
import dev.firebreak.enforcerconnectors.enforcer.Receipt.Applied;
import dev.firebreak.enforcerconnectors.enforcer.Receipt.Rejected;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What every connector keeps. A connector's own test extends this and says how to make its world
/// turn: time, a line that breaks, a deny that it cannot hold.
@Timeout(value = 20, unit = TimeUnit.SECONDS)
public abstract class EnforcerContract {

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    /// The connector, within reach and holding nothing.
    protected abstract Enforcer enforcer();

    protected abstract Instant now();

    /// Lets time pass where the denies are held.
    protected abstract void pass(Duration time);

    /// From now on requests arrive and answers are lost, until the line is cut or mended.
    protected abstract void loseAnswers();

    /// From now on nothing arrives and the connector can know it.
    protected abstract void cut();

    /// From now on this one is refused there.
    protected abstract void refuse(DenyId id);

    @Test
    void a_deny_that_was_put_is_read_back() throws Exception {
        var receipt = apply(put(10, 1));

        assertThat(receipt).isInstanceOf(Applied.class);
        assertThat(((Applied) receipt).generation()).isEqualTo(10);
        assertThat(((Applied) receipt).denies())
                .singleElement()
                .satisfies(held -> {
                    assertThat(held.id()).isEqualTo(Denies.id(1));
                    assertThat(held.state()).isEqualTo(Held.State.HELD);
                });
        assertThat(held()).containsExactly(Denies.id(1));
    }

    @Test
    void the_same_directive_twice_is_one_effect() throws Exception {
        apply(put(10, 1));

        assertThat(apply(put(10, 1))).isInstanceOf(Applied.class);
        assertThat(held()).containsExactly(Denies.id(1));
    }

    @Test
    void a_put_of_what_is_held_moves_its_end() throws Exception {
        apply(put(10, 1));
        var longer = Denies.deny(1, now().plus(HALF_AN_HOUR.multipliedBy(2)));

        apply(new Directive(11, List.of(longer), List.of(), false));

        assertThat(seen().denies())
                .singleElement()
                .satisfies(held -> assertThat(held.remaining()).isGreaterThan(HALF_AN_HOUR));
    }

    @Test
    void what_is_dropped_is_gone_and_dropping_it_again_is_no_harm() throws Exception {
        apply(put(10, 1));
        apply(put(11, 2));
        var drop = new Directive(12, List.of(), List.of(Denies.id(1)), false);

        assertThat(((Applied) apply(drop)).dropped()).containsExactly(Denies.id(1));
        assertThat(((Applied) apply(drop)).dropped()).containsExactly(Denies.id(1));
        assertThat(held()).containsExactly(Denies.id(2));
    }

    @Test
    void nothing_is_removed_by_absence_and_a_complete_directive_names_the_rest() throws Exception {
        apply(put(10, 1));

        var receipt =
                (Applied)
                        apply(
                                new Directive(
                                        11,
                                        List.of(Denies.deny(2, now().plus(HALF_AN_HOUR))),
                                        List.of(),
                                        true));

        assertThat(receipt.unclaimed()).containsExactly(Denies.id(1));
        assertThat(held()).containsExactly(Denies.id(1), Denies.id(2));
    }

    @Test
    void a_stale_directive_changes_nothing_and_is_told_the_fence() throws Exception {
        apply(put(11, 1));

        var receipt = apply(new Directive(10, List.of(), List.of(Denies.id(1)), false));

        assertThat(receipt)
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> {
                            assertThat(rejected.isStale()).isTrue();
                            assertThat(rejected.generation()).isEqualTo(11);
                        });
        assertThat(held()).containsExactly(Denies.id(1));
        assertThat(seen().generation()).isEqualTo(11);
    }

    @Test
    void one_that_is_refused_does_not_keep_the_others_away() throws Exception {
        refuse(Denies.id(1));

        var receipt =
                (Applied)
                        apply(
                                new Directive(
                                        10,
                                        List.of(
                                                Denies.deny(1, now().plus(HALF_AN_HOUR)),
                                                Denies.deny(2, now().plus(HALF_AN_HOUR))),
                                        List.of(),
                                        true));

        assertThat(receipt.denies())
                .filteredOn(held -> held.state() == Held.State.REFUSED)
                .singleElement()
                .satisfies(held -> {
                    assertThat(held.id()).isEqualTo(Denies.id(1));
                    assertThat(held.code()).isNotBlank();
                    assertThat(held.sentence()).isNotBlank();
                });
        assertThat(held()).containsExactly(Denies.id(2));
    }

    @Test
    void what_it_cannot_express_is_refused_with_a_reason_and_never_held() throws Exception {
        var receipt =
                (Applied)
                        apply(
                                new Directive(
                                        10,
                                        List.of(Denies.allow(1, now().plus(HALF_AN_HOUR))),
                                        List.of(),
                                        false));

        assertThat(receipt.denies())
                .singleElement()
                .satisfies(held -> {
                    assertThat(held.state()).isEqualTo(Held.State.REFUSED);
                    assertThat(held.sentence()).isNotBlank();
                });
        assertThat(held()).isEmpty();
    }

    @Test
    void a_lease_ends_by_itself_and_not_before() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(enforcer().capabilities().keepsLease());
        apply(put(10, 1));

        pass(HALF_AN_HOUR.minusMillis(1));
        assertThat(held()).containsExactly(Denies.id(1));

        pass(Duration.ofMillis(2));
        assertThat(held()).isEmpty();
    }

    @Test
    void without_an_answer_nothing_is_claimed() {
        loseAnswers();

        var receipt = enforcer().apply(put(10, 1)).toCompletableFuture();
        var observation = enforcer().observe().toCompletableFuture();

        assertThat(receipt.getNow(new Receipt.Unknown(""))).isInstanceOf(Receipt.Unknown.class);
        assertThat(observation.getNow(new Observation.Unseen("")))
                .isInstanceOf(Observation.Unseen.class);
    }

    @Test
    void out_of_reach_is_said_and_never_thrown() throws Exception {
        cut();

        assertThat(apply(put(10, 1))).isInstanceOf(Receipt.Unreachable.class);
        assertThat(answer(enforcer().observe())).isInstanceOf(Observation.Unseen.class);
    }

    private Directive put(long generation, int number) {
        var deny = Denies.deny(number, now().plus(HALF_AN_HOUR));
        return new Directive(generation, List.of(deny), List.of(), false);
    }

    private Receipt apply(Directive directive) throws Exception {
        return answer(enforcer().apply(directive));
    }

    private List<DenyId> held() throws Exception {
        return seen().denies().stream().map(Held::id).sorted().toList();
    }

    private Seen seen() throws Exception {
        return (Seen) answer(enforcer().observe());
    }

    private static <T> T answer(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
}
