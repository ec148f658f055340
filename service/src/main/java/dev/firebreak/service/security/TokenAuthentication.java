package dev.firebreak.service.security;

import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.segmentation.LiveEstate;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;

/// Turns a token into a responder with the role held at this moment.
///
/// Tools send `Authorization: Bearer`. A browser may send the token as the password of HTTP Basic,
/// but only to read, since browsers send Basic credentials along with requests that other pages
/// make.
@ApplicationScoped
public class TokenAuthentication implements HttpAuthenticationMechanism {

    /// Where the identity keeps the [Responder] it stands for.
    static final String RESPONDER = "firebreak.responder";

    private static final String BEARER = "bearer ";
    private static final String BASIC = "basic ";
    private static final int MAX_HEADER = 512;
    private static final int UNAUTHORIZED = 401;

    private static final String UNKNOWN_TOKEN =
            """
            {"type":"https://firebreak.dev/problems/unknown-token","title":"Unauthorized",\
            "status":401,"detail":"No token was sent, or one that is not valid (any more). Send \
            'Authorization: Bearer TOKEN'; an admin makes one with: firebreak responders token \
            NAME.","code":"unknown-token"}
            """;

    private final LiveEstate estate;
    private final Clock clock;

    TokenAuthentication(LiveEstate estate, Clock clock) {
        this.estate = estate;
        this.clock = clock;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(
            RoutingContext context, IdentityProviderManager identityProviders) {
        var header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null) {
            return Uni.createFrom().nullItem();
        }
        return token(header, context.request().method())
                .map(Tokens::hash)
                .flatMap(hash -> estate.read(e -> e.responderByToken(hash, clock.instant())))
                .map(known -> Uni.createFrom().item(identity(known.inPerson())))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException()));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom()
                .item(
                        new ChallengeData(
                                UNAUTHORIZED,
                                "WWW-Authenticate",
                                "Basic realm=\"Firebreak: any name, your token as the password\""));
    }

    /// As every other error, in the form of RFC 9457.
    @Override
    public Uni<Boolean> sendChallenge(RoutingContext context) {
        return getChallenge(context)
                .flatMap(challenge -> {
                    var response = context.response().setStatusCode(challenge.status);
                    challenge.getHeaders().forEach(response.headers()::set);
                    response.putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json");
                    return Uni.createFrom()
                            .completionStage(response.end(UNKNOWN_TOKEN).toCompletionStage());
                })
                .replaceWith(true);
    }

    private static Optional<String> token(String header, HttpMethod method) {
        if (header.length() > MAX_HEADER) {
            return Optional.empty();
        }
        if (header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.of(header.substring(BEARER.length()).strip());
        }
        if (header.regionMatches(true, 0, BASIC, 0, BASIC.length())
                && HttpMethod.GET.equals(method)) {
            return password(header.substring(BASIC.length()).strip());
        }
        return Optional.empty();
    }

    private static Optional<String> password(String encoded) {
        try {
            var pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            return Optional.of(pair.substring(pair.indexOf(':') + 1));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static SecurityIdentity identity(Responder responder) {
        return QuarkusSecurityIdentity.builder()
                .setPrincipal(new QuarkusPrincipal(responder.name().value()))
                .addRoles(
                        Arrays.stream(Role.values())
                                .filter(responder.role()::mayActAs)
                                .map(Role::name)
                                .collect(Collectors.toSet()))
                .addAttribute(RESPONDER, responder)
                .build();
    }
}
