package dev.firebreak.enforcerconnectors.dispatch;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/// What an enforcer was asked and has not answered: one thing at a time, and not for ever.
final class Question {

    private final Surroundings around;
    private boolean open;
    private long number;

    Question(Surroundings around) {
        this.around = around;
    }

    boolean isOpen() {
        return open;
    }

    /// The first answer counts, or `otherwise` when none comes in time or it failed; what comes
    /// later is not an answer to anything any more.
    <T> void ask(CompletionStage<? extends T> asked, T otherwise, Consumer<T> then) {
        open = true;
        var mine = ++number;
        var giveUp =
                around.later()
                        .after(
                                around.settings().answerWithin(),
                                () -> answer(mine, otherwise, then));
        var _ =
                asked.whenComplete((answer, failure) ->
                        around.line()
                                .execute(() -> {
                                    giveUp.run();
                                    answer(mine, failure == null ? answer : otherwise, then);
                                }));
    }

    /// Nobody waits for the answer any more.
    void drop() {
        open = false;
    }

    private <T> void answer(long asked, T answer, Consumer<T> then) {
        if (open && asked == number) {
            open = false;
            then.accept(answer);
        }
    }
}
