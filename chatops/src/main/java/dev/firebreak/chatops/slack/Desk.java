package dev.firebreak.chatops.slack;

import com.google.gson.JsonObject;
import java.time.Instant;

/// Who answers what was typed and pressed.
sealed interface Desk permits SlackDesk, Desk.Closed {

    /// Where something came from: `key` is what Slack calls this very request.
    record Call(SlackPerson person, String channel, String key, Instant at) {}

    JsonObject typed(String text, Call call);

    JsonObject pressed(String ticket, Call call);

    /// While the log is away: nothing is looked at, nothing is done, and that is said.
    record Closed() implements Desk {

        @Override
        public JsonObject typed(String text, Call call) {
            return Notices.away();
        }

        @Override
        public JsonObject pressed(String ticket, Call call) {
            return Notices.away();
        }
    }
}
