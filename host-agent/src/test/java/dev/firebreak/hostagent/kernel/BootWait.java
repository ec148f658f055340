package dev.firebreak.hostagent.kernel;

import java.util.concurrent.locks.LockSupport;

/// Waits for an instant of the boot clock, which is what these tests are about.
final class BootWait {

    private BootWait() {}

    static void until(long instant) {
        for (long left = instant - BootClock.nanos();
                left > 0;
                left = instant - BootClock.nanos()) {
            LockSupport.parkNanos(left);
        }
    }
}
