package dev.firebreak.queryside;

import dev.firebreak.eventlog.log.Follower;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.queryside.containment.ContainmentViews;
import dev.firebreak.queryside.enforcer.EnforcerViews;
import dev.firebreak.queryside.flow.DeniedFlowViews;
import dev.firebreak.queryside.projection.Projection;
import dev.firebreak.queryside.projection.Projector;
import dev.firebreak.queryside.projection.Rebuild;
import dev.firebreak.queryside.timeline.TimelineViews;
import dev.firebreak.queryside.workload.WorkloadViews;
import java.util.List;
import javax.sql.DataSource;

/// All views of the house. Follow the log with them from their own position: `log.follow("views",
/// views.position(), views)`, on every replica; what one has shown the others pass by.
public final class Views implements Follower, AutoCloseable {
    /// Raise it whenever a projection shows something differently: the views are then rebuilt by
    /// themselves at the next start.
    static final int VERSION = 7;

    private final Projector projector;
    private final Witness witness;

    private Views(Projector projector, Witness witness) {
        this.projector = projector;
        this.witness = witness;
    }

    /// Opens the views whose tables the migrations made. `source` gives connections that nobody
    /// else has put into a transaction.
    public static Views open(DataSource source, PostgresLog log, Witness witness) {
        return new Views(Projector.open(source, log, VERSION, projections()), witness);
    }

    /// The views of a log that nobody serves.
    public static Views open(DataSource source, PostgresLog log) {
        return open(source, log, Witness.OF_NOTHING);
    }

    static List<Projection> projections() {
        return List.of(
                ContainmentViews.projection(),
                EnforcerViews.projection(),
                TimelineViews.projection(),
                DeniedFlowViews.projection(),
                WorkloadViews.projection());
    }

    @Override
    public void take(List<LogEntry> entries) {
        projector.take(entries);
    }

    public ContainmentViews containments() {
        return new ContainmentViews(projector, witness);
    }

    public EnforcerViews enforcers() {
        return new EnforcerViews(projector, witness);
    }

    public TimelineViews timeline() {
        return new TimelineViews(projector);
    }

    public DeniedFlowViews deniedFlows() {
        return new DeniedFlowViews(projector);
    }

    public WorkloadViews workloads() {
        return new WorkloadViews(projector);
    }

    /// Everything up to here can be seen.
    public long position() {
        return projector.position();
    }

    /// How many entries of the log cannot be seen yet.
    public long lag() {
        return projector.lag();
    }

    /// How many entries were passed by, unreadable or not to be projected.
    public long parked() {
        return projector.parked();
    }

    /// Builds all views anew while these are served.
    public Rebuild rebuild() {
        return projector.rebuild();
    }

    @Override
    public void close() {
        projector.close();
    }
}
