package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.enforcer.EnforcerCommand.ConnectEnforcer;
import dev.firebreak.enforcerconnectors.enforcer.Attachment;
import dev.firebreak.enforcerconnectors.enforcer.Observation.Seen;
import dev.firebreak.enforcerconnectors.hostagent.AgentFrame.Hello;
import dev.firebreak.eventlog.log.Provenance;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Surface;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/// One agent's channel, from its hello to its end. Frames are taken in the order they came in.
final class AgentSession {

    private static final System.Logger LOG = System.getLogger(AgentSession.class.getName());

    private static final int MAX_EARLY = 16;
    private static final Duration REMIND_EVERY = Duration.ofMinutes(10);

    private final Presented presented;
    private final Channel channel;
    private final GatewayParts parts;
    private final HostAgentEnforcer enforcer;
    private final UUID conversation = UUID.randomUUID();
    private final Testimony testimony;
    private final Gathering gathering = new Gathering();
    private final List<AgentFrame> early = new ArrayList<>();

    private Stage stage = new Stage.Silent();
    private boolean storing;
    private Instant remindedAt = Instant.MIN;

    /// How far the session is.
    private sealed interface Stage {
        /// Nothing was said yet.
        record Silent() implements Stage {}

        /// It said hello, and some of what it holds is still to come.
        record Introducing(Hello hello) implements Stage {}

        /// It said all, and the log is deciding.
        record Introduced() implements Stage {}

        record Live(Hello hello, Attachment attachment) implements Stage {}

        record Ended() implements Stage {}
    }

    AgentSession(Presented presented, Channel channel, GatewayParts parts) {
        this.presented = presented;
        this.channel = channel;
        this.parts = parts;
        this.testimony = new Testimony(presented, conversation, parts);
        this.enforcer =
                new HostAgentEnforcer(
                        presented.enforcer(),
                        channel,
                        parts.wire(),
                        parts.clock(),
                        parts.frameClock());
    }

    EnforcerName enforcer() {
        return presented.enforcer();
    }

    String remote() {
        return channel.remote();
    }

    synchronized void text(String text) {
        try {
            take(parts.wire().read(text));
        } catch (MalformedFrame malformed) {
            close(CloseCode.MALFORMED, malformed.sentence());
        }
    }

    private void take(AgentFrame frame) {
        try {
            frame(frame);
        } catch (MalformedFrame malformed) {
            close(CloseCode.MALFORMED, malformed.sentence());
        } catch (InvalidTerm invalid) {
            close(CloseCode.MALFORMED, Texts.sentence(invalid));
        }
    }

    /// Ends the session from our side.
    void close(CloseCode code, String reason) {
        ended();
        channel.close(code, reason);
    }

    /// The channel is gone, whoever closed it.
    synchronized void ended() {
        if (stage instanceof Stage.Live(_, var attachment)) {
            attachment.detached();
        }
        stage = new Stage.Ended();
        parts.sessions().leave(this);
        enforcer.ended("%s was cut off before it answered.".formatted(enforcer()));
    }

    /// Nothing was said in the time there is for it.
    synchronized void isTooLate() {
        if (stage instanceof Stage.Silent || stage instanceof Stage.Introducing) {
            close(CloseCode.SILENT, "No hello came in time.");
        }
    }

    private void frame(AgentFrame frame) throws MalformedFrame {
        switch (stage) {
            case Stage.Silent _ -> {
                if (!(frame instanceof Hello hello)) {
                    throw new MalformedFrame("The first frame is a hello.");
                }
                hello(hello);
            }
            case Stage.Introducing(var hello) -> introducing(hello, frame);
            case Stage.Introduced _ -> {
                if (early.size() == MAX_EARLY) {
                    throw new MalformedFrame("Too much was said before the welcome.");
                }
                early.add(frame);
            }
            case Stage.Live(var hello, var attachment) -> frame(frame, hello, attachment);
            case Stage.Ended _ -> {}
        }
    }

    private void hello(Hello hello) throws MalformedFrame {
        if (hello.protocol() != Wire.PROTOCOL) {
            close(CloseCode.PROTOCOL, "This service speaks protocol %d.".formatted(Wire.PROTOCOL));
            return;
        }
        if (!hello.enforcer().equals(enforcer().toString())) {
            close(CloseCode.NOT_YOURS, "The certificate is for %s.".formatted(enforcer()));
            return;
        }
        stage = new Stage.Introducing(hello);
        gathering.begin(hello).ifPresent(whole -> introduced(hello, whole));
    }

    private void introducing(Hello hello, AgentFrame frame) throws MalformedFrame {
        if (!(frame instanceof AgentFrame.Observed part)) {
            throw new MalformedFrame("The parts of a hello follow it at once.");
        }
        gathering.add(part).ifPresent(whole -> introduced(hello, whole));
    }

    private void introduced(Hello hello, AgentFrame.Observed whole) {
        var seen = whole.seen(parts.clock().instant());
        stage = new Stage.Introduced();
        var _ =
                copyIsAlive()
                        .thenComposeAsync(
                                isCopy -> isCopy ? turnedAway() : connect(hello), parts.workers())
                        .whenComplete((outcome, _) -> decided(hello, seen, outcome));
    }

    /// Whether another session with this very certificate is there and answers.
    private CompletionStage<Boolean> copyIsAlive() {
        return parts.sessions()
                .of(enforcer())
                .filter(other -> other.presented.fingerprint().equals(presented.fingerprint()))
                .map(other -> other.channel.isAlive(parts.settings().aliveWithin()))
                .orElseGet(() -> CompletableFuture.completedFuture(false));
    }

    private CompletionStage<@Nullable Outcome> turnedAway() {
        var others = parts.sessions();
        var toSay = others.of(enforcer()).filter(other -> others.turnAway(this, other));
        close(CloseCode.REPLACED, "Another agent with this certificate is connected and alive.");
        toSay.ifPresent(other -> testimony.copied(other.remote(), remote()));
        return CompletableFuture.completedFuture(null);
    }

    private CompletionStage<@Nullable Outcome> connect(Hello hello) {
        var command =
                new ConnectEnforcer(
                        enforcer(),
                        presented.fingerprint(),
                        Texts.line(hello.agentVersion()),
                        Texts.line(hello.kernel()),
                        Texts.line(hello.bootId()),
                        hello.neverDeny(),
                        parts.clock().instant());
        return CompletableFuture.completedFuture(
                parts.commands().send(command, Origin.firebreak(Surface.AGENT, conversation)));
    }

    private synchronized void decided(Hello hello, Seen seen, @Nullable Outcome outcome) {
        if (!(stage instanceof Stage.Introduced)) {
            return;
        }
        switch (outcome) {
            case null -> close(CloseCode.GOING_AWAY, "The log cannot be written now.");
            case Outcome.Refused(_, var sentence) -> close(CloseCode.NOT_YOURS, sentence);
            case Outcome.Accepted _, Outcome.Already _ -> welcome(hello, seen);
        }
    }

    private void welcome(Hello hello, Seen seen) {
        parts.sessions().enter(this);
        var heartbeat = parts.settings().heartbeat().toMillis();
        say(new ServiceFrame.Welcome(Wire.PROTOCOL, heartbeat, parts.frameClock().now()));
        var attachment = parts.roster().attach(enforcer, seen);
        stage = new Stage.Live(hello, attachment);
        var waiting = List.copyOf(early);
        early.clear();
        waiting.forEach(this::take);
    }

    private void frame(AgentFrame frame, Hello hello, Attachment attachment) throws MalformedFrame {
        switch (frame) {
            case Hello _, AgentFrame.Unrecognised _ -> attachment.heard();
            case AgentFrame.PlanReceipt receipt -> {
                attachment.heard();
                enforcer.answered(receipt);
            }
            case AgentFrame.Verified verified -> attachment.verified(verified.verification());
            case AgentFrame.Observed observed -> observed(observed, attachment);
            case AgentFrame.Heartbeat heartbeat -> {
                attachment.heard(heartbeat.generation(), heartbeat.digest());
                say(new ServiceFrame.Tick(parts.frameClock().now()));
                lookAtCertificate();
            }
            case AgentFrame.Repaired repaired -> {
                attachment.heard();
                var containments = repaired.containments();
                parts.workers().execute(() -> testimony.repaired(repaired, containments));
            }
            case AgentFrame.DeniedFlows flows -> {
                attachment.heard();
                store(flows, hello.bootId());
            }
        }
    }

    /// What is not taken now is not owed.
    private void say(ServiceFrame frame) {
        channel.send(parts.wire().write(frame));
    }

    private void observed(AgentFrame.Observed part, Attachment attachment) throws MalformedFrame {
        attachment.heard();
        gathering.add(part).ifPresent(whole -> whole(whole, attachment));
    }

    private void whole(AgentFrame.Observed frame, Attachment attachment) {
        var seen = frame.seen(parts.clock().instant());
        if (!enforcer.answered(frame, seen)) {
            attachment.observed(seen);
        }
    }

    /// A session lives no longer than the certificate it was opened with.
    private void lookAtCertificate() {
        var now = parts.clock().instant();
        var life = Duration.between(presented.beginsAt(), presented.endsAt());
        if (!now.isBefore(presented.endsAt())) {
            close(CloseCode.NOT_YOURS, "The certificate has ended.");
        } else if (now.isAfter(presented.beginsAt().plus(life.multipliedBy(2).dividedBy(3)))
                && remindedAt.isBefore(now.minus(REMIND_EVERY))) {
            remindedAt = now;
            say(new ServiceFrame.Renew());
        }
    }

    /// One batch at a time, beside everything else; what is not acknowledged is sent again.
    private void store(AgentFrame.DeniedFlows batch, String bootId) {
        if (storing) {
            return;
        }
        storing = true;
        var seen = Flows.seen(enforcer(), Texts.line(bootId), batch, parts.clock().instant());
        var id = Flows.id(enforcer(), bootId, batch.sequence());
        var provenance =
                new Provenance(Responder.FIREBREAK.name(), Surface.AGENT, conversation, id);
        var _ =
                CompletableFuture.runAsync(
                                () -> parts.flowLog().recordOnce(id, seen, provenance),
                                parts.workers())
                        .whenComplete((_, failure) -> stored(batch.sequence(), failure));
    }

    private synchronized void stored(long sequence, @Nullable Throwable failure) {
        storing = false;
        if (failure == null) {
            say(new ServiceFrame.FlowsStored(sequence));
        } else {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "denied flows of {0} were not stored and are sent again, batch {1}: {2}",
                    enforcer(),
                    sequence,
                    failure.getMessage());
        }
    }
}
