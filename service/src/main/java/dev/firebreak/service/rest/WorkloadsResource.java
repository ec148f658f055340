package dev.firebreak.service.rest;

import dev.firebreak.commandside.deployment.DeploymentCommand.DeployWorkload;
import dev.firebreak.commandside.deployment.DeploymentCommand.RetireWorkload;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.KnownContainment;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.segmentation.Planner;
import dev.firebreak.segmentation.Stage;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where workloads run, as told by deployments.
@Path("/api/v1/workloads")
@Produces(MediaType.APPLICATION_JSON)
public class WorkloadsResource {

    private final Desk desk;
    private final LiveEstate estate;

    WorkloadsResource(Desk desk, LiveEstate estate) {
        this.desk = desk;
        this.estate = estate;
    }

    record Deployment(
            @Nullable WorkloadName workload, // absent when left out
            @Nullable Environment environment, // absent when left out
            @Nullable String owner, // absent when nobody said
            @Nullable Labels labels, // absent means none
            @Nullable List<Placement> placements) {} // absent means none

    /// What came of it: `containedBy` are the containments that go on cutting it, where it runs and
    /// where it ran when they were asked for; `gaps` what no enforcer could hold of it.
    record Recorded(WorkloadName workload, List<Cut> containedBy, List<Gap> gaps) {}

    record Cut(ContainmentId containment, @Nullable Instant until) {} // absent once it has ended

    record Retirement(@Nullable Reason reason) {} // absent when left out

    @GET
    public Object all() {
        return estate.read(Estate::workloads);
    }

    @POST
    public Response deploy(Deployment body) {
        var workload = Body.need(body.workload(), "workload");
        return desk.send(
                new DeployWorkload(
                        workload,
                        Body.need(body.environment(), "environment"),
                        Body.or(body.owner(), ""),
                        Body.or(body.labels(), Labels.NONE),
                        Body.or(body.placements(), List.of()),
                        desk.responder(),
                        desk.now()),
                _ -> recorded(workload));
    }

    @POST
    @Path("/{namespace}/{name}/retirements")
    public Response retire(String namespace, String name, Retirement body) {
        var workload = new WorkloadName(namespace, name);
        return desk.send(
                new RetireWorkload(
                        workload, Body.need(body.reason(), "reason"), desk.responder(), desk.now()),
                _ -> recorded(workload));
    }

    private Recorded recorded(WorkloadName name) {
        return estate.read(known -> recorded(known, name, desk.now()));
    }

    private static Recorded recorded(Estate estate, WorkloadName name, Instant now) {
        var cuts =
                estate.cutting(name, now).stream()
                        .map(known -> new Cut(known.id(), until(known)))
                        .toList();
        var gaps = estate.workload(name).isPresent() ? Planner.gaps(estate, name) : List.<Gap>of();
        return new Recorded(name, cuts, gaps);
    }

    private static @Nullable Instant until(KnownContainment known) { // absent once it has ended
        return known.stage() instanceof Stage.Running running ? running.expiresAt() : null;
    }
}
