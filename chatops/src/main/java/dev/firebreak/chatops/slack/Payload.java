package dev.firebreak.chatops.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether what a form carries can be handed to Bolt, which trusts its shape. A command carries no
/// payload; a press on a button of ours has a person and the button.
enum Payload {
    FOR_US,
    NOT_FOR_US,
    UNREADABLE;

    private static final String FIELD = "payload";

    /// Slack's own are a handful of levels deep.
    private static final int MAX_DEPTH = 64;

    static Payload of(Map<String, String> form) {
        var payload = form.get(FIELD);
        if (payload == null) {
            return FOR_US;
        }
        if (isTooDeep(payload)) {
            return UNREADABLE;
        }
        try {
            return JsonParser.parseString(payload) instanceof JsonObject object
                    ? of(object)
                    : UNREADABLE;
        } catch (JsonParseException _) {
            return UNREADABLE;
        }
    }

    private static Payload of(JsonObject payload) {
        if (!isText(payload.get("type"))) {
            return UNREADABLE;
        }
        if (!"block_actions".equals(payload.get("type").getAsString())) {
            return NOT_FOR_US;
        }
        var isWhole =
                payload.get("user") instanceof JsonObject
                        && payload.get("actions") instanceof JsonArray actions
                        && !actions.isEmpty()
                        && actions.asList().stream().allMatch(Payload::isNamed);
        return isWhole ? FOR_US : UNREADABLE;
    }

    private static boolean isNamed(JsonElement action) {
        return action instanceof JsonObject object && isText(object.get("action_id"));
    }

    private static boolean isText(@Nullable JsonElement element) { // absent when left out
        return element != null
                && element.isJsonPrimitive()
                && element.getAsJsonPrimitive().isString();
    }

    private static boolean isTooDeep(String json) {
        var depth = 0;
        var isText = false;
        for (var i = 0; i < json.length() && depth <= MAX_DEPTH; i++) {
            switch (json.charAt(i)) {
                case '"' -> isText = !isText;
                case '\\' -> i++;
                case '[', '{' -> depth += isText ? 0 : 1;
                case ']', '}' -> depth -= isText ? 0 : 1;
                default -> {}
            }
        }
        return depth > MAX_DEPTH;
    }
}
