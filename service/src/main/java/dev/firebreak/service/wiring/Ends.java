package dev.firebreak.service.wiring;

import dev.firebreak.commandside.alarm.HeapAlarms;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.containment.ReleaseAlarm;
import dev.firebreak.commandside.containment.ReleaseSweep;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.service.start.CannotStart;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.TriggerBuilder;

/// What sees to it that everything ends on time: alarms from the log in this process, and behind
/// them a sweep that one replica of the cluster makes.
@Singleton
class Ends {

    static final int SWEEP_EVERY_SECONDS = 10;

    private static final JobKey SWEEP = new JobKey("release-sweep", "firebreak");

    private final PostgresLog log;
    private final Commands commands;
    private final Followers followers;
    private final Scheduler scheduler;
    private final Clock clock;
    private final HeapAlarms alarms;
    private final ReleaseSweep sweep;

    Ends(
            PostgresLog log,
            Commands commands,
            Followers followers,
            Scheduler scheduler,
            Clock clock) {
        this.log = log;
        this.commands = commands;
        this.followers = followers;
        this.scheduler = scheduler;
        this.clock = clock;
        this.alarms = new HeapAlarms(clock);
        this.sweep = new ReleaseSweep(log::read, commands, clock);
    }

    void start() {
        followers.follow("release-alarm", 0, new ReleaseAlarm(commands, alarms, clock, log.head()));
        try {
            scheduleSweep();
        } catch (SchedulerException failure) {
            throw new CannotStart("The release sweep cannot be scheduled: " + failure.getMessage());
        }
    }

    void close() {
        alarms.close();
    }

    HeapAlarms alarms() {
        return alarms;
    }

    ReleaseSweep sweep() {
        return sweep;
    }

    /// Several replicas schedule the same job; the store keeps one. A sweep that was missed is made
    /// at once, and one whose node died is made by another.
    private void scheduleSweep() throws SchedulerException {
        if (scheduler.checkExists(SWEEP)) {
            return;
        }
        var job = JobBuilder.newJob(SweepJob.class).withIdentity(SWEEP).requestRecovery().build();
        var trigger =
                TriggerBuilder.newTrigger()
                        .withIdentity(SWEEP.getName(), SWEEP.getGroup())
                        .startNow()
                        .withSchedule(
                                SimpleScheduleBuilder.repeatSecondlyForever(SWEEP_EVERY_SECONDS)
                                        .withMisfireHandlingInstructionNowWithRemainingCount())
                        .build();
        try {
            scheduler.scheduleJob(job, trigger);
        } catch (org.quartz.ObjectAlreadyExistsException _) {
            // Another replica was faster.
        }
    }
}
