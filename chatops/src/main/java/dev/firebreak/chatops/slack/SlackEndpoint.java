package dev.firebreak.chatops.slack;

import com.google.gson.JsonParseException;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.bolt.util.SlackRequestParser.HttpRequest;
import dev.firebreak.chatops.Conversation;
import dev.firebreak.eventlog.term.ContainmentId;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;

/// The one address that Slack calls, for commands and for buttons: raw bytes in, an answer out well
/// within the three seconds that Slack waits.
public final class SlackEndpoint implements AutoCloseable {

    /// Slack's own requests are a few kilobytes.
    public static final int MAX_BODY = 256 * 1_024;

    private static final Logger LOG = System.getLogger(SlackEndpoint.class.getName());

    private static final String FORM = "application/x-www-form-urlencoded";

    private static final Answer UNREADABLE = Answer.text(400, "not a payload of Slack's");

    /// How Slack looks now and then whether this address still answers.
    private static final String ALIVE = "ssl_check";

    /// For the signature, and then for the answer: together well before Slack gives up.
    private static final Duration USE_WITHIN = Duration.ofMillis(800);

    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    private final SlackVerifier verifier;
    private final InstantSource wall;
    private final ExecutorService work;
    private final SlackRequestParser parser;
    private final OnceOnly onceOnly;
    private final App app;
    private final App closed;

    /// What goes back over HTTP.
    public record Answer(int status, String contentType, String body) {

        private static Answer text(int status, String body) {
            return new Answer(status, "text/plain; charset=utf-8", body);
        }
    }

    /// `cardGoesTo` hears in which channel a containment was ordered, before it is; see
    /// [CardBoard#goesTo]. `clock` is that of the house; what Slack signs is held against the time
    /// of day, for a clock that stood still while the machine slept would refuse Slack for good.
    public SlackEndpoint(
            SlackSettings settings,
            SlackIdentities identities,
            Conversation conversation,
            BiConsumer<ContainmentId, String> cardGoesTo,
            UsedSignatures used,
            InstantSource clock) {
        this(
                settings,
                identities,
                conversation,
                cardGoesTo,
                used,
                clock,
                InstantSource.system(),
                PATIENCE);
    }

    SlackEndpoint(
            SlackSettings settings,
            SlackIdentities identities,
            Conversation conversation,
            BiConsumer<ContainmentId, String> cardGoesTo,
            UsedSignatures used,
            InstantSource clock,
            InstantSource wall,
            Duration patience) {
        this.wall = wall;
        verifier = new SlackVerifier(settings.signingSecrets());
        work = Workers.named("slack-");
        // Apart, so that what is known to be Slack's is answered while the database hangs.
        onceOnly = new OnceOnly(used, Workers.named("slack-once-"), USE_WITHIN);
        var tickets = new Tickets(settings.signingSecrets());
        var desk = new SlackDesk(identities, conversation, tickets, cardGoesTo);
        var later = new ResponseUrls(SlackApi.client(), settings.apiUrl(), SlackApi.PATIENCE);
        var config = AppConfig.builder().signingSecret("checked before Bolt").build();
        parser = new SlackRequestParser(config);
        app = new SlackApp(desk, later, work, patience, clock).bolt(config);
        closed = new SlackApp(new Desk.Closed(), later, work, patience, clock).bolt(config);
    }

    /// Walks the whole way once, with a secret, a person and an estate that do not exist, so that
    /// the first real command finds every class loaded. Call it before saying "ready".
    public static void warmUp() {
        WarmUp.walk();
    }

    public Answer handle(Map<String, List<String>> headers, byte[] body) {
        if (body.length > MAX_BODY) {
            return Answer.text(413, "too large");
        }
        return switch (verifier.verify(headers, body, wall.instant())) {
            case SlackVerifier.Verdict.Refused(var why) -> refused(why);
            case SlackVerifier.Verdict.Genuine(var signature) -> genuine(headers, body, signature);
        };
    }

    private static Answer refused(String why) {
        LOG.log(Level.WARNING, "slack request refused: {0}", why);
        return Answer.text(401, "not verified");
    }

    private Answer genuine(
            Map<String, List<String>> headers, byte[] body, SlackSignature signature) {
        var form = StrictForm.read(body);
        if (form.isEmpty() || !isForm(headers)) {
            return Answer.text(400, "not a form in UTF-8");
        }
        var fields = StrictForm.fields(form.get());
        if (fields.containsKey(ALIVE)) {
            return Answer.text(200, "");
        }
        return switch (Payload.of(fields)) {
            case UNREADABLE -> UNREADABLE;
            case NOT_FOR_US -> Answer.text(200, "");
            case FOR_US -> parsed(headers, form.get(), signature);
        };
    }

    private Answer parsed(
            Map<String, List<String>> headers, String form, SlackSignature signature) {
        try {
            var request =
                    parser.parse(
                            HttpRequest.builder()
                                    .requestUri("/chatops/slack")
                                    .requestBody(form)
                                    .headers(new RequestHeaders(headers))
                                    .build());
            return request == null ? Answer.text(400, "not for us") : once(request, signature);
        } catch (JsonParseException _) {
            return UNREADABLE;
        }
    }

    /// What only reads is done once, too: an answer of ours is for whoever asked, and for nobody
    /// else.
    private Answer once(Request<?> request, SlackSignature signature) {
        return switch (onceOnly.use(signature, wall.instant())) {
            case FIRST -> run(app, request);
            case AGAIN -> refused("signature was used before");
            case UNKNOWN -> run(closed, request);
        };
    }

    private static Answer run(App app, Request<?> request) {
        try {
            var response = app.run(request);
            var type = response.getContentType();
            var body = response.getBody();
            return new Answer(
                    response.getStatusCode(),
                    type == null ? "text/plain; charset=utf-8" : type,
                    body == null ? "" : body);
        } catch (Exception broken) { // Bolt declares nothing narrower.
            LOG.log(Level.ERROR, "slack request broke", broken);
            return new Answer(200, "application/json; charset=utf-8", Notices.broken().toString());
        }
    }

    private static boolean isForm(Map<String, List<String>> headers) {
        var types =
                headers.entrySet().stream()
                        .filter(each -> "content-type".equalsIgnoreCase(each.getKey()))
                        .flatMap(each -> each.getValue().stream())
                        .map(type ->
                                type.toLowerCase(Locale.ROOT).replace(" ", "").replace("\"", ""))
                        .toList();
        return types.size() == 1
                && (types.getFirst().equals(FORM)
                        || types.getFirst().equals(FORM + ";charset=utf-8"));
    }

    /// Stops taking work; what runs may finish.
    @Override
    public void close() {
        onceOnly.close();
        work.shutdown();
    }
}
