package dev.firebreak.service.rest;

import dev.firebreak.commandside.control.ControlCommand.FreezeAutomation;
import dev.firebreak.commandside.control.ControlCommand.ThawAutomation;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.LiveEstate;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/// The freeze switch: automations stand still, people do not, and every end still comes.
@Path("/api/v1/automation")
@Produces(MediaType.APPLICATION_JSON)
public class AutomationResource {

    private final Desk desk;
    private final LiveEstate estate;

    AutomationResource(Desk desk, LiveEstate estate) {
        this.desk = desk;
        this.estate = estate;
    }

    record Automation(boolean frozen) {}

    record Change(
            @Nullable Boolean frozen, // absent when left out
            @Nullable Reason reason) {} // absent when left out

    @GET
    public Object automation() {
        return new Automation(estate.read(Estate::automationFrozen));
    }

    @PUT
    public Response change(Change change) {
        var reason = Body.need(change.reason(), "reason");
        return desk.send(
                Body.need(change.frozen(), "frozen")
                        ? new FreezeAutomation(reason, desk.responder(), desk.now())
                        : new ThawAutomation(reason, desk.responder(), desk.now()));
    }
}
