package dev.firebreak.hostagent.channel;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Getting a certificate: the first by a one-time token, the next ones by the current certificate.
public final class Enrolment {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_ANSWER = 1 << 16;

    /// What came of asking.
    public sealed interface Outcome {
        record Enrolled() implements Outcome {}

        /// The service said no; asking again the same way will not help.
        record Refused(String code, String sentence) implements Outcome {}

        /// No answer, or a service that is busy: ask again later with the same key.
        record NotNow(String why) implements Outcome {}
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Request(
            String enforcer, @Nullable String token, String publicKey, String proof) {}

    private record Answer(
            @Nullable String certificate, @Nullable String authority, @Nullable String notAfter) {}

    private record Problem(
            @Nullable String code, @Nullable String detail, @Nullable String title) {}

    private final JsonMapper json;
    private final URI service;
    private final Identity identity;

    public Enrolment(JsonMapper json, URI service, Identity identity) {
        this.json = json;
        this.service = service;
        this.identity = identity;
    }

    public Outcome enrol(Token token) throws InterruptedException {
        try {
            return ask(
                    "/agent/v1/enrolments",
                    Identity.anonymous(token.authorityDigest()),
                    token.enforcer(),
                    token.text(),
                    token.authorityDigest());
        } catch (GeneralSecurityException | IOException e) {
            return new Outcome.NotNow(String.valueOf(e.getMessage()));
        }
    }

    public Outcome renew() throws InterruptedException {
        try {
            return ask(
                    "/agent/v1/certificates",
                    identity.mutual(),
                    identity.enforcer(),
                    null,
                    identity.authorityDigest());
        } catch (GeneralSecurityException | IOException e) {
            return new Outcome.NotNow(String.valueOf(e.getMessage()));
        }
    }

    private Outcome ask(
            String path, SSLContext tls, String enforcer, @Nullable String token, String pin)
            throws GeneralSecurityException, IOException, InterruptedException {
        KeyPair key = identity.nextKey();
        var request =
                new Request(
                        enforcer,
                        token,
                        Base64.getEncoder().encodeToString(key.getPublic().getEncoded()),
                        Identity.proof(key.getPrivate(), enforcer, token == null ? "" : token));
        try (HttpClient client = client(tls)) {
            HttpResponse<String> response =
                    client.send(
                            HttpRequest.newBuilder(service.resolve(path))
                                    .timeout(PATIENCE)
                                    .header("Content-Type", "application/json")
                                    .POST(
                                            HttpRequest.BodyPublishers.ofString(
                                                    json.writeValueAsString(request)))
                                    .build(),
                            HttpResponse.BodyHandlers.limiting(
                                    HttpResponse.BodyHandlers.ofString(), LONGEST_ANSWER));
            return read(response, pin);
        }
    }

    private Outcome read(HttpResponse<String> response, String pin)
            throws GeneralSecurityException, IOException {
        int status = response.statusCode();
        if (status == 429 || status >= 500) {
            return new Outcome.NotNow("the service answered " + status);
        }
        if (status / 100 != 2) {
            return refused(status, response.body());
        }
        Answer answer = json.readValue(response.body(), Answer.class);
        if (answer.certificate() == null || answer.authority() == null) {
            return new Outcome.NotNow("the service answered without a certificate");
        }
        if (!PinnedAuthority.digest(Identity.parse(answer.authority())).equals(pin)) {
            return new Outcome.Refused(
                    "authority-changed",
                    "the service sent an authority that is not the pinned one");
        }
        identity.accept(answer.certificate(), answer.authority());
        return new Outcome.Enrolled();
    }

    private Outcome refused(int status, String body) {
        try {
            Problem problem = json.readValue(body, Problem.class);
            String sentence =
                    problem.detail() != null ? problem.detail() : String.valueOf(problem.title());
            return new Outcome.Refused(String.valueOf(problem.code()), sentence);
        } catch (JsonProcessingException e) {
            return new Outcome.Refused("http-" + status, "the service answered " + status);
        }
    }

    static HttpClient client(SSLContext tls) {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(tls)
                .connectTimeout(PATIENCE)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }
}
