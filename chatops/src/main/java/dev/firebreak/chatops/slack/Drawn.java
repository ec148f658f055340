package dev.firebreak.chatops.slack;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.util.json.GsonFactory;
import java.util.List;

/// A message as Slack takes it: blocks, and a text for notifications and screen readers.
record Drawn(String text, List<LayoutBlock> blocks) {

    private static final Gson GSON = GsonFactory.createSnakeCase();

    /// Slack's own limits.
    static final int MAX_TEXT = 3_000;

    static final int MAX_BLOCKS = 50;

    Drawn {
        text = SlackText.clip(text, MAX_TEXT);
        blocks = blocks.stream().limit(MAX_BLOCKS).toList();
    }

    JsonObject json() {
        var json = new JsonObject();
        json.addProperty("text", text);
        json.add("blocks", GSON.toJsonTree(blocks));
        json.addProperty("unfurl_links", false);
        json.addProperty("unfurl_media", false);
        return json;
    }

    /// Seen by the one who typed or pressed, and by nobody else.
    JsonObject privately() {
        var json = json();
        json.addProperty("response_type", "ephemeral");
        json.addProperty("replace_original", false);
        return json;
    }

    /// In place of the private message whose button was pressed.
    JsonObject replacing() {
        var json = json();
        json.addProperty("replace_original", true);
        return json;
    }
}
