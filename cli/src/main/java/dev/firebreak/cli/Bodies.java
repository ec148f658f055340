package dev.firebreak.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firebreak.chatops.grammar.Request;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Ttl;
import java.util.Locale;

/// Requests in the words of REST.
final class Bodies {

    private Bodies() {}

    static ObjectNode empty() {
        return Rest.JSON.createObjectNode();
    }

    static ObjectNode of(Ask ask) {
        var body =
                empty().put("subject", ask.subject().toString())
                        .put("peer", ask.peer().toString())
                        .put("direction", ask.direction().name().toLowerCase(Locale.ROOT))
                        .put("ports", ask.ports().toString());
        ask.on().forEach(each -> body.withArray("on").add(each.toString()));
        return body;
    }

    static ObjectNode of(Request.Contain contain) {
        var body = of(contain.ask());
        body.put("ttl", contain.ttl().toString()).put("reason", contain.reason().text());
        return contain.incident().isNone()
                ? body
                : body.put("incident", contain.incident().value());
    }

    static ObjectNode because(Reason reason) {
        return empty().put("reason", reason.text());
    }

    static ObjectNode newEnd(Ttl ttl, Reason reason) {
        return because(reason).put("ttl", ttl.toString());
    }

    static ObjectNode of(Request.Deploy deploy) {
        var body =
                empty().put("workload", deploy.workload().toString())
                        .put("environment", deploy.environment().value())
                        .put("owner", deploy.owner());
        var labels = body.putObject("labels");
        deploy.labels().values().forEach(labels::put);
        var placements = body.putArray("placements");
        deploy.placements().forEach(each -> place(placements, each));
        return body;
    }

    private static void place(ArrayNode placements, Placement placement) {
        var body = placements.addObject();
        switch (placement) {
            case Placement.OnHost(var host, var cgroup) ->
                    body.put("kind", "cgroup")
                            .put("host", host.value())
                            .put("cgroup", cgroup.value());
            case Placement.Pods(var cluster, var selector) -> {
                body.put("kind", "pods").put("cluster", cluster.value());
                selector.values().forEach(body.putObject("selector")::put);
            }
            case Placement.NetworkInterface(var eni) -> body.put("kind", "eni").put("eni", eni);
            case Placement.Address(var address) ->
                    body.put("kind", "address").put("address", address.value());
        }
    }
}
