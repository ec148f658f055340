package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.enforcer.EnforcerCommand.EnrolEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RenewCertificate;
import dev.firebreak.enforcerconnectors.hostagent.EnrolmentAnswer.Issued;
import dev.firebreak.enforcerconnectors.hostagent.EnrolmentAnswer.Problem;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.eventlog.term.Surface;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Gives out certificates: the log decides, and what the log did not accept never leaves here.
final class EnrolmentDesk {

    /// How long an answer that got lost on its way can be asked for again.
    private static final Duration REPEATABLE = Duration.ofMinutes(10);

    private static final int MAX_REPEATABLE = 4_096;

    private final AgentAuthority authority;
    private final Commands commands;
    private final Clock clock;
    private final Duration life;
    private final Map<String, X509Certificate> given =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, X509Certificate> eldest) {
                    return size() > MAX_REPEATABLE;
                }
            };

    EnrolmentDesk(AgentAuthority authority, Commands commands, Clock clock, Duration life) {
        this.authority = authority;
        this.commands = commands;
        this.clock = clock;
        this.life = life;
    }

    EnrolmentAnswer enrol(EnrolmentRequest request) {
        try {
            var token = EnrolmentToken.parse(request.token() == null ? "" : request.token());
            var name = EnforcerName.parse(request.enforcer());
            if (!token.enforcer().equals(name) || !token.isOf(authority.fingerprint())) {
                return invalidToken("This token is not for %s at this authority.".formatted(name));
            }
            return AgentKey.proven(request)
                    .map(key -> enrol(name, token, key, request.publicKey()))
                    .orElseGet(EnrolmentDesk::invalidKey);
        } catch (InvalidTerm invalid) {
            return invalidToken(Texts.sentence(invalid));
        }
    }

    EnrolmentAnswer renew(EnrolmentRequest request, Optional<Presented> presented) {
        if (presented
                .filter(own -> own.enforcer().toString().equals(request.enforcer()))
                .isEmpty()) {
            return new Problem(
                    403,
                    RefusalCode.NOT_PERMITTED.text(),
                    "A certificate is renewed over a connection that presents the present one.");
        }
        return AgentKey.proven(request)
                .map(key -> renew(presented.get(), key))
                .orElseGet(EnrolmentDesk::invalidKey);
    }

    private EnrolmentAnswer enrol(
            EnforcerName name, EnrolmentToken token, PublicKey key, String keyText) {
        var certificate = certificateFor(name, key, token.hash() + Hash.of(keyText));
        return decided(
                new EnrolEnforcer(
                        name,
                        token.hash(),
                        fingerprint(certificate),
                        certificate.getNotAfter().toInstant(),
                        clock.instant()),
                certificate);
    }

    private EnrolmentAnswer renew(Presented presented, PublicKey key) {
        var certificate = authority.issueAgent(presented.enforcer(), key, life);
        return decided(
                new RenewCertificate(
                        presented.enforcer(),
                        presented.fingerprint(),
                        fingerprint(certificate),
                        certificate.getNotAfter().toInstant(),
                        clock.instant()),
                certificate);
    }

    /// The same token with the same key is given the same certificate, so that an answer that got
    /// lost is not a token that is lost.
    private synchronized X509Certificate certificateFor(
            EnforcerName name, PublicKey key, String asked) {
        var before = given.get(asked);
        if (before != null && isRecent(before)) {
            return before;
        }
        var made = authority.issueAgent(name, key, life);
        given.put(asked, made);
        return made;
    }

    private boolean isRecent(X509Certificate certificate) {
        var issued = certificate.getNotAfter().toInstant().minus(life);
        return clock.instant().isBefore(issued.plus(REPEATABLE));
    }

    private EnrolmentAnswer decided(Command command, X509Certificate certificate) {
        var outcome = commands.send(command, Origin.firebreak(Surface.AGENT, UUID.randomUUID()));
        return switch (outcome) {
            case Outcome.Accepted _, Outcome.Already _ ->
                    new Issued(
                            Certificates.pem(certificate),
                            authority.pem(),
                            certificate.getNotAfter().toInstant().toString());
            case Outcome.Refused(var code, var sentence) -> new Problem(403, code.text(), sentence);
        };
    }

    private static String fingerprint(X509Certificate certificate) {
        return Presented.of(certificate).orElseThrow().fingerprint();
    }

    private static EnrolmentAnswer invalidToken(String sentence) {
        return new Problem(403, RefusalCode.INVALID_TOKEN.text(), sentence);
    }

    private static EnrolmentAnswer invalidKey() {
        return new Problem(
                400, "invalid-key", "The key is not EC P-256, or the proof does not fit it.");
    }
}
