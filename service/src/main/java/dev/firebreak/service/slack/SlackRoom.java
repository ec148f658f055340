package dev.firebreak.service.slack;

import dev.firebreak.chatops.Conversation;
import dev.firebreak.chatops.ViewReadings;
import dev.firebreak.chatops.slack.CardBoard;
import dev.firebreak.chatops.slack.PostgresCardLedger;
import dev.firebreak.chatops.slack.PostgresUsedSignatures;
import dev.firebreak.chatops.slack.Secret;
import dev.firebreak.chatops.slack.SlackEndpoint;
import dev.firebreak.chatops.slack.SlackSettings;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Plans;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.term.SlackUser;
import dev.firebreak.queryside.Views;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.KnownResponder;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.wiring.Followers;
import dev.firebreak.service.wiring.Settings;
import io.agroal.api.AgroalDataSource;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Slack, where a signing secret is set; cards in a channel, where a bot token is set, too.
@Singleton
public class SlackRoom {

    private static final Optional<String> FROZEN =
            Optional.of("Automation is frozen: only people may contain.");

    private final Optional<SlackEndpoint> endpoint;
    private final Optional<CardBoard> board;

    SlackRoom(
            Settings settings,
            Commands commands,
            Plans plans,
            Views views,
            Guardrails guardrails,
            LiveEstate estate,
            AgroalDataSource database,
            Clock clock) {
        var slack = settings(settings.slack());
        var readings =
                new ViewReadings(
                        views,
                        guardrails,
                        () ->
                                estate.read(Estate::responders).stream()
                                        .map(SlackRoom::line)
                                        .toList(),
                        () -> estate.read(Estate::automationFrozen) ? FROZEN : Optional.empty(),
                        clock);
        this.board =
                slack.filter(each -> each.botToken().isPresent())
                        .map(each ->
                                new CardBoard(
                                        each, readings, new PostgresCardLedger(database), clock));
        this.endpoint =
                slack.map(each ->
                        new SlackEndpoint(
                                each,
                                user ->
                                        estate.read(e -> e.responderBySlackUser(user))
                                                .map(KnownResponder::inPerson),
                                new Conversation(commands, plans, readings),
                                (id, channel) -> board.ifPresent(b -> b.goesTo(id, channel)),
                                new PostgresUsedSignatures(database),
                                clock));
    }

    /// Ready for the first command when it returns: a cold start would eat the three seconds that
    /// Slack waits.
    public void start(Followers followers, PostgresLog log) {
        endpoint.ifPresent(_ -> SlackEndpoint.warmUp());
        board.ifPresent(cards -> {
            cards.start();
            followers.follow("slack-cards", log.head(), cards);
        });
    }

    public void close() {
        board.ifPresent(CardBoard::close);
        endpoint.ifPresent(SlackEndpoint::close);
    }

    /// Empty where Slack is not configured.
    Optional<SlackEndpoint> endpoint() {
        return endpoint;
    }

    private static String line(KnownResponder known) {
        var slack = known.slackUsers().stream().map(SlackUser::toString);
        return known.name()
                + "  "
                + Stream.concat(Stream.of(known.role().name().toLowerCase(Locale.ROOT)), slack)
                        .collect(Collectors.joining(", "));
    }

    private static Optional<SlackSettings> settings(Settings.Slack slack) {
        return slack.signingSecret()
                .map(secret ->
                        new SlackSettings(
                                Stream.concat(
                                                Stream.of(secret),
                                                slack.previousSigningSecret().stream())
                                        .map(Secret::new)
                                        .toList(),
                                slack.botToken().map(Secret::new),
                                URI.create(slack.apiUrl()),
                                slack.channel()));
    }
}
