package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.enforcer.EnforcerCommand.ConnectEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.EnrolEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordCopy;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordRepair;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RenewCertificate;
import dev.firebreak.eventlog.term.EnforcerName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Whoever decides about enforcers, reduced to tokens that work once and certificates that count.
final class FakeRegistry implements Commands {

    private final Map<EnforcerName, String> offered = new HashMap<>();
    private final Map<EnforcerName, String> usedBy = new HashMap<>();
    private final Map<EnforcerName, Set<String>> certificates = new HashMap<>();
    private final BlockingQueue<RecordCopy> copies = new LinkedBlockingQueue<>();
    private final BlockingQueue<RecordRepair> repairs = new LinkedBlockingQueue<>();
    private boolean up = true;

    BlockingQueue<RecordRepair> repairs() {
        return repairs;
    }

    BlockingQueue<RecordCopy> copies() {
        return copies;
    }

    synchronized void offer(EnrolmentToken token) {
        offered.put(token.enforcer(), token.hash());
    }

    synchronized void revoke(EnforcerName enforcer) {
        certificates.remove(enforcer);
    }

    synchronized void up(boolean isUp) {
        up = isUp;
    }

    @Override
    public synchronized Outcome send(Command command, Origin origin) {
        if (!up) {
            throw new IllegalStateException("The log is away");
        }
        return switch (command) {
            case EnrolEnforcer(var enforcer, var token, var certificate, _, _) ->
                    enrol(enforcer, token, certificate);
            case RenewCertificate(var enforcer, var presented, var certificate, _, _) ->
                    counts(enforcer, presented)
                            ? accept(command, enforcer, certificate)
                            : refused(RefusalCode.NOT_PERMITTED);
            case ConnectEnforcer(var enforcer, var certificate, _, _, _, _, _) ->
                    counts(enforcer, certificate)
                            ? only(command, enforcer, certificate)
                            : refused(RefusalCode.NOT_PERMITTED);
            case RecordCopy copy -> {
                copies.add(copy);
                yield new Outcome.Accepted(command.target(), 3);
            }
            case RecordRepair repair -> {
                repairs.add(repair);
                yield new Outcome.Accepted(command.target(), 3);
            }
            default -> throw new IllegalStateException("A gateway never asks " + command);
        };
    }

    private Outcome enrol(EnforcerName enforcer, String token, String certificate) {
        if (certificate.equals(usedBy.get(enforcer))) {
            return new Outcome.Already("enforcer/" + enforcer, "It is enrolled by this.");
        }
        if (!token.equals(offered.get(enforcer)) || usedBy.containsKey(enforcer)) {
            return refused(RefusalCode.INVALID_TOKEN);
        }
        usedBy.put(enforcer, certificate);
        certificates.put(enforcer, new HashSet<>(Set.of(certificate)));
        return new Outcome.Accepted("enforcer/" + enforcer, 1);
    }

    private Outcome accept(Command command, EnforcerName enforcer, String certificate) {
        certificates.computeIfAbsent(enforcer, _ -> new HashSet<>()).add(certificate);
        return new Outcome.Accepted(command.target(), 2);
    }

    /// From the first connection on only that one counts.
    private Outcome only(Command command, EnforcerName enforcer, String certificate) {
        certificates.put(enforcer, new HashSet<>(Set.of(certificate)));
        return new Outcome.Accepted(command.target(), 3);
    }

    private boolean counts(EnforcerName enforcer, String certificate) {
        return certificates.getOrDefault(enforcer, Set.of()).contains(certificate);
    }

    private static Outcome refused(RefusalCode code) {
        return new Outcome.Refused(code, "The rules say no.");
    }
}
