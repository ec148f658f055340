package dev.firebreak.whole;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// What these tests ask of a Firebreak, over its REST API.
record Api(Instance firebreak) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int BEHIND = 503;
    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(30);

    void deploy(String workload, String host, String cgroup) {
        deploy(workload, host, cgroup, Map.of());
    }

    void deploy(String workload, String host, String cgroup, Map<String, String> labels) {
        created(
                "/api/v1/workloads",
                Map.of(
                        "workload",
                        workload,
                        "environment",
                        "production",
                        "labels",
                        labels,
                        "placements",
                        List.of(Map.of("kind", "cgroup", "host", host, "cgroup", cgroup))));
    }

    /// Cuts every connect of the workload to these ports of 127.0.0.1; answers the containment's
    /// id.
    String contain(String workload, String ports, Duration ttl) {
        return contain(workload, "cidr/127.0.0.1/32", "egress", ports, ttl);
    }

    String contain(String workload, String peer, String direction, String ports, Duration ttl) {
        return created(
                        "/api/v1/containments",
                        Map.of(
                                "subject",
                                workload,
                                "peer",
                                peer,
                                "direction",
                                direction,
                                "ports",
                                ports,
                                "ttl",
                                ttl.toSeconds() + "s",
                                "reason",
                                "a test of the whole"))
                .path("id")
                .asText();
    }

    /// Answers the new end.
    Instant shorten(String id, Duration ttl) {
        var path = "/api/v1/containments/" + id + "/shortenings";
        var body = Map.of("ttl", ttl.toSeconds() + "s", "reason", "the test ends them together");
        return Instant.parse(created(path, body).path("expiresAt").asText());
    }

    HttpResponse<String> release(String id) {
        return firebreak.post(
                "/api/v1/containments/" + id + "/releases",
                text(Map.of("reason", "the test has seen enough")));
    }

    JsonNode containment(String id) {
        return get("/api/v1/containments/" + id);
    }

    /// As soon as the views are not behind any more.
    JsonNode shown(String id) {
        var answer =
                Waiting.until(
                        SHOWN_WITHIN,
                        () -> firebreak.get("/api/v1/containments/" + id),
                        seen -> seen.statusCode() != BEHIND);
        return read(answer, OK);
    }

    JsonNode awaitState(String id, String state, Duration within) {
        return Waiting.until(
                within, () -> containment(id), seen -> state.equals(seen.path("state").asText()));
    }

    /// Every enforcer has put it in force, read it back and seen a probe refused.
    JsonNode awaitVerified(String id, Duration within) {
        return Waiting.until(
                within,
                () -> containment(id),
                seen ->
                        "contained".equals(seen.path("state").asText())
                                && stream(seen.path("parts")).allMatch(Api::isVerified));
    }

    JsonNode enforcer(String host) {
        return stream(get("/api/v1/enforcers"))
                .filter(each -> each.path("enforcer").asText().equals("host/" + host))
                .findFirst()
                .orElse(JSON.missingNode());
    }

    JsonNode awaitEnforcer(String host, String state, Duration within) {
        return Waiting.until(
                within, () -> enforcer(host), seen -> state.equals(seen.path("state").asText()));
    }

    /// The sentences of a containment's whole life.
    List<String> life(String id) {
        return sentences(get("/api/v1/containments/" + id + "/timeline"));
    }

    /// The sentences of everything in the last day.
    List<String> timeline() {
        return sentences(get("/api/v1/timeline"));
    }

    /// What was denied at an instant, by the log alone.
    List<String> deniedAt(Instant at) {
        return stream(get("/api/v1/replay?at=" + at).path("denies"))
                .map(deny -> deny.path("containment").asText())
                .toList();
    }

    JsonNode get(String path) {
        return read(firebreak.get(path), OK);
    }

    JsonNode plan(Map<String, ?> ask) {
        return read(firebreak.post("/api/v1/plans", text(ask)), OK);
    }

    JsonNode created(String path, Map<String, ?> body) {
        return read(firebreak.post(path, text(body)), CREATED);
    }

    private static boolean isVerified(JsonNode part) {
        return "verified".equals(part.path("state").asText());
    }

    private static List<String> sentences(JsonNode lines) {
        return stream(lines).map(line -> line.path("sentence").asText()).toList();
    }

    private static java.util.stream.Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    static String text(Map<String, ?> body) {
        try {
            return JSON.writeValueAsString(body);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static JsonNode read(HttpResponse<String> answer, int expected) {
        if (answer.statusCode() != expected) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(answer.body(), broken);
        }
    }
}
