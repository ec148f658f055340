package dev.firebreak.enforcerconnectors.hostagent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/// A host agent reduced to its rules, speaking the protocol in plain JSON and knowing none of our
/// classes for it.
final class FakeAgent {

    private final ObjectMapper json = new ObjectMapper();
    private final Clock clock;
    private final Map<String, Instant> held = new TreeMap<>();
    private final Set<String> refuses = new HashSet<>();
    private final Consumer<String> out;
    private long generation;

    FakeAgent(Clock clock, Consumer<String> out) {
        this.clock = clock;
        this.out = out;
    }

    void refuse(String id) {
        refuses.add(id);
    }

    Set<String> held() {
        held.values().removeIf(end -> !clock.instant().isBefore(end));
        return held.keySet();
    }

    void say(ObjectNode frame) {
        out.accept(frame.toString());
    }

    ObjectNode hello(String enforcer) {
        var hello = frame("hello");
        hello.put("protocol", 1);
        hello.put("enforcer", enforcer);
        hello.put("agentVersion", "test");
        hello.put("kernel", "6.18");
        hello.put("bootId", "boot-1");
        hello.put("parts", 1);
        denies(hello);
        return hello;
    }

    void hear(String text) {
        var frame = parsed(text);
        switch (frame.path("type").asText()) {
            case "plan" -> say(receipt(frame));
            case "observe" -> {
                var observation = frame("observation");
                observation.put("request", frame.path("request").asLong());
                observation.put("part", 1);
                observation.put("parts", 1);
                denies(observation);
                say(observation);
            }
            default -> {} // It has nothing to answer.
        }
    }

    ObjectNode frame(String type) {
        var frame = json.createObjectNode();
        frame.put("type", type);
        frame.put("generation", generation);
        return frame;
    }

    JsonNode parsed(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException(text, broken);
        }
    }

    private ObjectNode receipt(JsonNode plan) {
        var puts = plan.path("put").size();
        var drops = plan.path("drop").size();
        var code =
                plan.path("generation").asLong() < generation
                        ? "stale-generation"
                        : puts + drops == 0 ? "empty-plan" : sizes(plan, puts, drops);
        if (!code.isEmpty()) {
            return answer(plan, "rejected", code);
        }
        generation = plan.path("generation").asLong();
        var receipt = answer(plan, "applied", "applied");
        var named = new HashSet<String>();
        var denies = receipt.putArray("denies");
        plan.path("put").forEach(deny -> put(deny, denies, named));
        var dropped = receipt.putArray("dropped");
        plan.path("drop")
                .forEach(id -> {
                    held.remove(id.asText());
                    dropped.add(id.asText());
                });
        var unclaimed = receipt.putArray("unclaimed");
        if (plan.path("complete").asBoolean()) {
            held().stream().filter(id -> !named.contains(id)).forEach(unclaimed::add);
        }
        return receipt;
    }

    private static String sizes(JsonNode plan, int puts, int drops) {
        return plan.path("puts").asInt() == puts && plan.path("drops").asInt() == drops
                ? ""
                : "truncated-plan";
    }

    private ObjectNode answer(JsonNode plan, String outcome, String code) {
        var receipt = frame("receipt");
        receipt.put("request", plan.path("request").asLong());
        receipt.put("outcome", outcome);
        receipt.put("code", code);
        receipt.put("sentence", "As it is written.");
        return receipt;
    }

    private void put(JsonNode deny, ArrayNode answers, Set<String> named) {
        var id = deny.path("id").asText();
        named.add(id);
        if (refuses.contains(id)) {
            var no = answers.addObject();
            no.put("id", id).put("state", "refused").put("code", "never-deny");
            no.put("sentence", "It is never denied here.").put("remainingMillis", 0);
        } else {
            var life = Duration.ofMillis(deny.path("remainingMillis").asLong());
            held.put(id, clock.instant().plus(life));
            held(answers.addObject(), id);
        }
    }

    private void denies(ObjectNode frame) {
        var denies = frame.putArray("denies");
        held().forEach(id -> held(denies.addObject(), id));
    }

    private void held(ObjectNode deny, String id) {
        var end = held.getOrDefault(id, clock.instant());
        deny.put("id", id).put("state", "held").put("code", "held").put("entries", 1);
        deny.put("remainingMillis", Duration.between(clock.instant(), end).toMillis());
    }
}
