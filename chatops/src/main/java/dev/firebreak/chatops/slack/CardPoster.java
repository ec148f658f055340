package dev.firebreak.chatops.slack;

import com.google.gson.JsonObject;
import dev.firebreak.chatops.ContainmentReading;
import dev.firebreak.chatops.slack.CardLedger.Card;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// Brings one card in Slack to what a containment is now: posts it, or changes it in place.
final class CardPoster {

    /// What came of it.
    sealed interface Outcome {

        /// Slack shows this now.
        record Shows(Card card) implements Outcome {}

        record Later(String why, Optional<Duration> quiet) implements Outcome {}

        /// As things are it cannot be shown, for example because the bot is not in the channel.
        record Never(String why) implements Outcome {}
    }

    private static final Set<String> GONE =
            Set.of("message_not_found", "cant_update_message", "edit_window_closed");

    private final SlackApi api;
    private final DenyCard drawing;
    private final DenyCard unsealed = new DenyCard(press -> Optional.of(PressText.write(press)));
    private final Optional<String> home;

    /// `home` is the channel for what cannot be shown where it was ordered.
    CardPoster(SlackApi api, Tickets tickets, Optional<String> home) {
        this.api = api;
        this.home = home;
        drawing = new DenyCard(tickets::seal);
    }

    Outcome bring(Card card, ContainmentReading reading) throws InterruptedException {
        var shown = digest(unsealed.draw(reading));
        if (card.isPosted() && card.shown().equals(shown)) {
            return new Outcome.Shows(card);
        }
        var message = drawing.draw(reading).json();
        return card.isPosted()
                ? update(card, reading, message, shown)
                : post(card, reading, message, shown);
    }

    private Outcome post(Card card, ContainmentReading reading, JsonObject message, String shown)
            throws InterruptedException {
        message.addProperty("channel", card.channel());
        return switch (api.call("chat.postMessage", message)) {
            case SlackApi.Answer.Ok(var body) when body.has("ts") ->
                    new Outcome.Shows(
                            new Card(
                                    card.containment(),
                                    body.has("channel")
                                            ? body.get("channel").getAsString()
                                            : card.channel(),
                                    body.get("ts").getAsString(),
                                    shown,
                                    reading.state().isOver()));
            case SlackApi.Answer.Ok _ -> new Outcome.Never("Slack named no message");
            case SlackApi.Answer.Refused(var error) -> atHome(card, reading, message, shown, error);
            case SlackApi.Answer.Later(var why, var after) -> new Outcome.Later(why, after);
        };
    }

    private Outcome atHome(
            Card card, ContainmentReading reading, JsonObject message, String shown, String error)
            throws InterruptedException {
        return home.isPresent() && !home.get().equals(card.channel())
                ? post(Card.in(home.get(), card.containment()), reading, message, shown)
                : new Outcome.Never(error);
    }

    private Outcome update(Card card, ContainmentReading reading, JsonObject message, String shown)
            throws InterruptedException {
        message.addProperty("channel", card.channel());
        message.addProperty("ts", card.message());
        return switch (api.call("chat.update", message)) {
            case SlackApi.Answer.Ok _ ->
                    new Outcome.Shows(
                            new Card(
                                    card.containment(),
                                    card.channel(),
                                    card.message(),
                                    shown,
                                    reading.state().isOver()));
            case SlackApi.Answer.Refused(var error) when GONE.contains(error) -> {
                message.remove("ts");
                yield post(Card.in(card.channel(), card.containment()), reading, message, shown);
            }
            case SlackApi.Answer.Refused(var error) -> new Outcome.Never(error);
            case SlackApi.Answer.Later(var why, var after) -> new Outcome.Later(why, after);
        };
    }

    /// Of what a reader sees: sealed tickets differ each time.
    private static String digest(Drawn drawn) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            var bytes = drawn.json().toString().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(sha.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this JDK has no SHA-256", e);
        }
    }
}
