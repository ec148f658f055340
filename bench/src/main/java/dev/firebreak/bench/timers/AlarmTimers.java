package dev.firebreak.bench.timers;

import dev.firebreak.commandside.alarm.HeapAlarms;
import java.time.InstantSource;

/// Ours: the alarms that the log sets.
record AlarmTimers(HeapAlarms alarms) implements AutoCloseable {

    AlarmTimers() {
        this(new HeapAlarms(InstantSource.system()));
    }

    Timers.Lateness run(Timers timers) throws InterruptedException {
        for (var number = 0; number < timers.count(); number++) {
            var each = number;
            alarms.set("timer-" + number, timers.due(number), () -> timers.rang(each));
        }
        return timers.await();
    }

    @Override
    public void close() {
        alarms.close();
    }
}
