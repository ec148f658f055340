package dev.firebreak.enforcerconnectors.dispatch;

/// The pause of a lane after something went wrong: longer each time, until something goes well.
final class Rest {

    private final Surroundings around;
    private boolean resting;
    private int failures;
    private Runnable cancel = Rest::nothing;

    Rest(Surroundings around) {
        this.around = around;
    }

    boolean isOn() {
        return resting;
    }

    /// Something went wrong once more.
    void begin(Runnable afterwards) {
        resting = true;
        failures++;
        var pause = around.backoff().after(failures, around.random());
        cancel =
                around.later()
                        .after(
                                pause,
                                () -> {
                                    resting = false;
                                    afterwards.run();
                                });
    }

    /// There is something new to try.
    void end() {
        cancel.run();
        cancel = Rest::nothing;
        resting = false;
    }

    /// Something went well.
    void forget() {
        failures = 0;
    }

    private static void nothing() {}
}
