package dev.firebreak.service.rest;

import dev.firebreak.commandside.deployment.DeploymentCommand.DeployWorkload;
import dev.firebreak.commandside.deployment.DeploymentCommand.RetireWorkload;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.LiveEstate;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
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
                _ -> estate.read(e -> e.workload(workload)));
    }

    @POST
    @Path("/{namespace}/{name}/retirements")
    public Response retire(String namespace, String name, Retirement body) {
        return desk.send(
                new RetireWorkload(
                        new WorkloadName(namespace, name),
                        Body.need(body.reason(), "reason"),
                        desk.responder(),
                        desk.now()));
    }
}
