package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.commandside.command.LogUnavailable;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.enforcer.EnforcerCommand;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordCopy;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordRepair;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Surface;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.UUID;

/// What a session has to say of intruders, for the log. What cannot be written there now is in our
/// own log; whoever goes on is told of again.
final class Testimony {

    private static final System.Logger LOG = System.getLogger(Testimony.class.getName());

    private final Presented presented;
    private final UUID conversation;
    private final GatewayParts parts;

    Testimony(Presented presented, UUID conversation, GatewayParts parts) {
        this.presented = presented;
        this.conversation = conversation;
        this.parts = parts;
    }

    /// Its certificate was shown by somebody else.
    void copied(String from, String copyFrom) {
        tell(
                new RecordCopy(
                        presented.enforcer(),
                        presented.fingerprint(),
                        Texts.line(from),
                        Texts.line(copyFrom),
                        parts.clock().instant()));
    }

    /// What it holds was changed behind its back.
    ///
    /// @param containments whose denies may not have held, some of them
    void repaired(AgentFrame.Repaired repaired, List<ContainmentId> containments) {
        LOG.log(
                Level.WARNING,
                "{0} put right what somebody had changed in its kernel, in {1} places;"
                        + " {2} denies may not have held for a while",
                presented.enforcer(),
                repaired.differences(),
                repaired.count());
        tell(
                new RecordRepair(
                        presented.enforcer(),
                        presented.fingerprint(),
                        repaired.differences(),
                        repaired.count(),
                        containments,
                        parts.clock().instant()));
    }

    private void tell(EnforcerCommand command) {
        try {
            parts.commands().send(command, Origin.firebreak(Surface.AGENT, conversation));
        } catch (LogUnavailable away) {
            LOG.log(
                    Level.WARNING,
                    "{0} was not written down: {1}",
                    command.getClass().getSimpleName(),
                    away.getMessage());
        }
    }
}
