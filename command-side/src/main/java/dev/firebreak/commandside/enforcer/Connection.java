package dev.firebreak.commandside.enforcer;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.enforcer.EnforcerCommand.ConnectEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordCopy;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordRepair;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordSilence;
import dev.firebreak.commandside.enforcer.Membership.Channel;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CopyTurnedAway;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerConnected;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerSilent;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.TamperingRepaired;
import dev.firebreak.eventlog.term.EnforcerName;

/// Deciding on what is heard of an enforcer's channel: only a change is an event.
final class Connection {

    private Connection() {}

    static Decision<EnforcerEvent> decide(Membership state, ConnectEnforcer command) {
        if (!state.identity().accepts(command.certificate(), command.at())) {
            return notItsCertificate(state, command.enforcer());
        }
        var connected =
                new EnforcerConnected(
                        command.enforcer(),
                        command.certificate(),
                        command.version(),
                        command.kernel(),
                        command.bootId(),
                        command.neverDeny(),
                        command.at());
        return switch (state.channel()) {
            case Channel.Up(var since) when saysTheSame(since, connected) ->
                    Decision.stands("%s is connected already.", command.enforcer());
            case Channel.Never _, Channel.Up _, Channel.Silent _ -> Decision.decided(connected);
        };
    }

    /// A law that has changed is news, too.
    private static boolean saysTheSame(EnforcerConnected since, EnforcerConnected now) {
        return since.certificate().equals(now.certificate())
                && since.version().equals(now.version())
                && since.kernel().equals(now.kernel())
                && since.bootId().equals(now.bootId())
                && since.neverDeny().equals(now.neverDeny());
    }

    static Decision<EnforcerEvent> decide(Membership state, RecordSilence command) {
        return switch (state.identity()) {
            case Identity.None _ ->
                    Decision.refused(
                            RefusalCode.UNKNOWN_ENFORCER,
                            "There is no enforcer %s that could be silent.",
                            command.enforcer());
            case Identity.Revoked _ ->
                    Decision.stands("%s is revoked; nobody listens to it.", command.enforcer());
            case Identity.Known _, Identity.Renewing _ -> silence(state, command);
        };
    }

    private static Decision<EnforcerEvent> silence(Membership state, RecordSilence command) {
        return switch (state.channel()) {
            // Another replica heard it since.
            case Channel.Up(var since) when command.lastHeardAt().isBefore(since.at()) ->
                    Decision.stands("%s was heard since.", command.enforcer());
            case Channel.Up _ ->
                    Decision.decided(
                            new EnforcerSilent(
                                    command.enforcer(), command.lastHeardAt(), command.at()));
            case Channel.Never _, Channel.Silent _ ->
                    Decision.stands("%s is known to be silent.", command.enforcer());
        };
    }

    static Decision<EnforcerEvent> decide(Membership state, RecordCopy command) {
        if (!state.identity().accepts(command.certificate(), command.at())) {
            return notItsCertificate(state, command.enforcer());
        }
        if (command.at().isBefore(state.said().copyAt().plus(RecordCopy.SAID_EVERY))) {
            return Decision.stands(
                    "That the certificate of %s was shown twice was said a moment ago.",
                    command.enforcer());
        }
        return Decision.decided(
                new CopyTurnedAway(
                        command.enforcer(),
                        command.certificate(),
                        command.from(),
                        command.copyFrom(),
                        command.at()));
    }

    static Decision<EnforcerEvent> decide(Membership state, RecordRepair command) {
        if (!state.identity().accepts(command.certificate(), command.at())) {
            return notItsCertificate(state, command.enforcer());
        }
        if (command.at().isBefore(state.said().repairAt().plus(RecordRepair.SAID_EVERY))) {
            return Decision.stands(
                    "That %s repaired what it holds was said a moment ago.", command.enforcer());
        }
        return Decision.decided(
                new TamperingRepaired(
                        command.enforcer(),
                        command.differences(),
                        command.count(),
                        command.containments(),
                        command.at()));
    }

    static Decision<EnforcerEvent> notItsCertificate(Membership state, EnforcerName enforcer) {
        return switch (state.identity()) {
            case Identity.None _ ->
                    Decision.refused(
                            RefusalCode.UNKNOWN_ENFORCER,
                            "No enforcer %s is enrolled. Ask an admin for a token to enrol it.",
                            enforcer);
            case Identity.Revoked _ ->
                    Decision.refused(
                            RefusalCode.NOT_PERMITTED,
                            "%s was revoked. It is heard again after a new enrolment only.",
                            enforcer);
            case Identity.Known _, Identity.Renewing _ ->
                    Decision.refused(
                            RefusalCode.NOT_PERMITTED,
                            "This certificate is not, or no longer, that of %s. If it is the real"
                                    + " one, enrol it again.",
                            enforcer);
        };
    }
}
