package dev.firebreak.chatops.slack;

import com.google.gson.JsonObject;
import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.context.builtin.ActionContext;
import com.slack.api.bolt.context.builtin.SlashCommandContext;
import com.slack.api.bolt.request.builtin.BlockActionRequest;
import com.slack.api.bolt.request.builtin.SlashCommandRequest;
import com.slack.api.bolt.response.Response;
import dev.firebreak.chatops.slack.Desk.Call;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Bolt, told what to do with commands and buttons. A command is answered at once when the answer
/// is there in time, and otherwise with "received" and the answer later; a button always later,
/// since Slack reads no answer to it.
final class SlackApp {

    static final String ACTION_PREFIX = "firebreak-";

    private static final Logger LOG = System.getLogger(SlackApp.class.getName());

    private static final Pattern ANY_COMMAND = Pattern.compile("/.*");
    private static final Pattern OUR_ACTION = Pattern.compile(ACTION_PREFIX + "[a-z]+");

    private final Desk desk;
    private final ResponseUrls later;
    private final Executor work;
    private final Duration patience;
    private final InstantSource clock;

    SlackApp(Desk desk, ResponseUrls later, Executor work, Duration patience, InstantSource clock) {
        this.desk = desk;
        this.later = later;
        this.work = work;
        this.patience = patience;
        this.clock = clock;
    }

    /// Bolt without its own middleware: what it would check is checked before, and it would call
    /// Slack at start.
    App bolt(AppConfig config) {
        return new App(config, List.of())
                .command(ANY_COMMAND, this::command)
                .blockAction(OUR_ACTION, this::press);
    }

    private Response command(SlashCommandRequest request, SlashCommandContext context) {
        var payload = request.getPayload();
        var call =
                new Call(
                        person(payload),
                        text(payload.getChannelId()),
                        key(payload),
                        clock.instant());
        var answer = start(() -> desk.typed(text(payload.getText()), call));
        try {
            return context.ack(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException _) {
            sendLater(answer, text(payload.getResponseUrl()));
            return context.ack(Notices.received());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            sendLater(answer, text(payload.getResponseUrl()));
            return context.ack(Notices.received());
        } catch (ExecutionException broken) {
            throw new IllegalStateException(broken);
        }
    }

    private Response press(BlockActionRequest request, ActionContext context) {
        var payload = request.getPayload();
        var ticket = text(payload.getActions().getFirst().getValue());
        var call = new Call(person(payload), channel(payload), key(payload), clock.instant());
        sendLater(start(() -> desk.pressed(ticket, call)), text(payload.getResponseUrl()));
        return context.ack();
    }

    /// Neither the answer nor its posting ends in failure, so nobody has to look at the future.
    private void sendLater(CompletableFuture<JsonObject> answer, String responseUrl) {
        var _ = answer.thenCompose(message -> later.post(responseUrl, message));
    }

    /// Never fails: what breaks is logged with its cause and told to the person.
    private CompletableFuture<JsonObject> start(Supplier<JsonObject> answer) {
        try {
            return CompletableFuture.supplyAsync(answer, work)
                    .exceptionally(broken -> {
                        LOG.log(Level.ERROR, "slack request broke", broken);
                        return Notices.broken();
                    });
        } catch (RejectedExecutionException _) {
            return CompletableFuture.completedFuture(Notices.busy());
        }
    }

    private static SlackPerson person(SlashCommandPayload payload) {
        var team = text(payload.getTeamId());
        return new SlackPerson(
                text(payload.getUserId()), team, team, text(payload.getEnterpriseId()));
    }

    private static SlackPerson person(BlockActionPayload payload) {
        var user = payload.getUser();
        var team = payload.getTeam();
        var home = text(user.getTeamId());
        return new SlackPerson(
                text(user.getId()),
                home,
                team == null ? home : text(team.getId()),
                team == null ? organisation(payload) : text(team.getEnterpriseId()));
    }

    /// An app that is installed for a whole organisation gets no team.
    private static String organisation(BlockActionPayload payload) {
        var enterprise = payload.getEnterprise();
        return enterprise == null ? "" : text(enterprise.getId());
    }

    private static String channel(BlockActionPayload payload) {
        var channel = payload.getChannel();
        return channel == null ? "" : text(channel.getId());
    }

    private static String key(SlashCommandPayload payload) {
        return key(text(payload.getTriggerId()));
    }

    private static String key(BlockActionPayload payload) {
        return key(text(payload.getTriggerId()));
    }

    /// Slack's trigger names one command or one press, however often it is delivered.
    private static String key(String trigger) {
        return trigger.isEmpty() ? "" : SlackText.clip("slack:" + trigger, 200);
    }

    /// Slack leaves fields out as it likes.
    private static String text(@Nullable String field) {
        return field == null ? "" : field;
    }
}
