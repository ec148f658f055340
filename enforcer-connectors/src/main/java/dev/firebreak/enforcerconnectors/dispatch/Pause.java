package dev.firebreak.enforcerconnectors.dispatch;

/// The pause of a lane after something went wrong: longer each time, until something goes well.
final class Pause {

    private final Surroundings around;
    private boolean on;
    private int failures;
    private Runnable cancel = Pause::nothing;

    Pause(Surroundings around) {
        this.around = around;
    }

    boolean isOn() {
        return on;
    }

    /// Something went wrong once more.
    void begin(Runnable afterwards) {
        on = true;
        failures++;
        var length = around.backoff().after(failures, around.random());
        cancel =
                around.later()
                        .after(
                                length,
                                () -> {
                                    on = false;
                                    afterwards.run();
                                });
    }

    /// There is something new to try.
    void end() {
        cancel.run();
        cancel = Pause::nothing;
        on = false;
    }

    /// Something went well.
    void forget() {
        failures = 0;
    }

    private static void nothing() {}
}
