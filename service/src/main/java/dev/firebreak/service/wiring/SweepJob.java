package dev.firebreak.service.wiring;

import jakarta.inject.Singleton;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/// One sweep, by whichever replica Quartz picks.
@Singleton
@DisallowConcurrentExecution
public class SweepJob implements Job {

    private final Ends ends;

    SweepJob(Ends ends) {
        this.ends = ends;
    }

    @Override
    public void execute(JobExecutionContext context) {
        ends.sweep().sweep();
    }
}
