package dev.firebreak.chatops.slack;

import dev.firebreak.chatops.ContainmentReading;
import dev.firebreak.chatops.Conversation;
import dev.firebreak.chatops.Readings;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.Plans;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.eventlog.term.Ask;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Effect;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Sessions;
import dev.firebreak.eventlog.term.Subject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// A signed command from nobody about nothing, answered with a plan card and a deny card.
final class WarmUp {

    /// A cold machine takes seconds; nobody waits for this answer.
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Instant NOW = Instant.EPOCH;
    private static final Responder NOBODY =
            new Responder(new ResponderName("nobody"), Role.VIEWER, Responder.Kind.PERSON);
    private static final String BODY =
            "team_id=T0&user_id=U0&channel_id=C0&command=%2Ffirebreak&trigger_id=0"
                    + "&text=contain+warm%2Fup+--to+cidr%2F192.0.2.0%2F24+--ttl+1m+--reason+none";

    private WarmUp() {}

    static void walk() {
        var secret = new Secret(UUID.randomUUID().toString());
        var settings =
                new SlackSettings(
                        List.of(secret), Optional.empty(), SlackSettings.SLACK, Optional.empty());
        var conversation =
                new Conversation(
                        (_, _) -> new Outcome.Refused(RefusalCode.NOT_PERMITTED, "not for real"),
                        WarmUp::plan,
                        new NothingThere());
        var body = BODY.getBytes(StandardCharsets.UTF_8);
        var timestamp = Long.toString(NOW.getEpochSecond());
        var headers =
                Map.of(
                        "Content-Type",
                        List.of("application/x-www-form-urlencoded"),
                        SlackVerifier.TIMESTAMP,
                        List.of(timestamp),
                        SlackVerifier.SIGNATURE,
                        List.of(SlackVerifier.sign(secret, timestamp, body)));
        try (var endpoint =
                new SlackEndpoint(
                        settings,
                        _ -> Optional.of(NOBODY),
                        conversation,
                        (_, _) -> {},
                        (_, _) -> true,
                        InstantSource.fixed(NOW),
                        InstantSource.fixed(NOW),
                        PATIENCE)) {
            var answer = endpoint.handle(headers, body);
            if (answer.status() != 200) {
                throw new IllegalStateException("the warm-up was answered " + answer.status());
            }
        }
        var card = new DenyCard(new Tickets(settings.signingSecrets())::seal);
        if (card.draw(reading()).json().isEmpty()) {
            throw new IllegalStateException("the warm-up drew an empty card");
        }
    }

    private static Plans.Drawn plan(Ask ask) {
        var part =
                new Part(
                        new EnforcerName("host", "none"),
                        List.of(new Subject.WholeHost()),
                        List.of(CidrBlock.parse("192.0.2.0/24")));
        var reach = new Reach(1, 1, List.of("warm/up"), List.of());
        var plan = new Plan(ask, List.of(part), List.of(), reach, List.of());
        return new Plans.Drawn(ContainmentId.of(ask, 0), plan, Map.of());
    }

    private static ContainmentReading reading() {
        var ask =
                new Ask(
                        Effect.DENY,
                        Scope.parse("warm/up"),
                        Peer.EVERYONE,
                        Direction.BOTH,
                        Ports.ALL,
                        List.of());
        var drawn = plan(ask);
        return new ContainmentReading(
                drawn.containment(),
                ask,
                ContainmentReading.State.CONTAINED,
                "Not for real.",
                new Reason("none"),
                IncidentId.NONE,
                NOBODY.name(),
                NOW,
                Optional.of(NOW),
                Optional.empty(),
                drawn.plan().hash(),
                Optional.empty(),
                Optional.empty(),
                List.of(
                        new ContainmentReading.Part(
                                new EnforcerName("host", "none"),
                                PartState.VERIFIED,
                                "",
                                List.of(),
                                List.of(),
                                Sessions.NONE)),
                List.of(),
                drawn.plan().reach(),
                Optional.of(drawn.plan().reach()));
    }

    /// An estate with nothing in it.
    private static final class NothingThere implements Readings {

        @Override
        public List<ContainmentReading> running(int limit) {
            return List.of();
        }

        @Override
        public Optional<ContainmentReading> containment(ContainmentId id) {
            return Optional.empty();
        }

        @Override
        public List<String> enforcers(int limit) {
            return List.of();
        }

        @Override
        public List<String> responders(int limit) {
            return List.of();
        }

        @Override
        public List<String> workloads(int limit) {
            return List.of();
        }

        @Override
        public Optional<String> frozenBecause() {
            return Optional.empty();
        }

        @Override
        public Optional<String> secondPerson(Plan plan, Responder by) {
            return Optional.empty();
        }

        @Override
        public Map<EnforcerName, String> hindered(Collection<EnforcerName> enforcers) {
            return Map.of();
        }

        @Override
        public boolean awaitPosition(long position, Duration atMost) {
            return true;
        }
    }
}
