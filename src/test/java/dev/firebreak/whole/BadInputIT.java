package dev.firebreak.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What nobody should send is answered with a code and a sentence, and changes nothing.
class BadInputIT {

    private static final String SECRET = "a signing secret";
    private static final String JSON = "application/json";
    private static final String CONTAINMENTS = "/api/v1/containments";
    private static final String WORKLOADS = "/api/v1/workloads";

    /// Fifteen seconds are given, and a busy machine a few more.
    private static final Duration GIVEN_UP_WITHIN = Duration.ofSeconds(25);

    @TempDir private static Path folder;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static Instance firebreak;

    @SuppressWarnings("NullAway.Init") // before all tests
    private static String viewer;

    @BeforeAll
    static void start() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
        firebreak =
                Instance.start(
                        folder.resolve("data"),
                        Map.of("FIREBREAK_SLACK_SIGNING_SECRET", SECRET),
                        "--without-local-enforcer");
        var fleet = new Fleet(firebreak);
        fleet.settle("shop/cart");
        viewer = fleet.enlist("vera", "viewer");
        fleet.enlist("ann", "responder");
        fleet.link("ann", "T1/U1");
    }

    @AfterAll
    static void stop() {
        firebreak.close();
    }

    /// `token` is admin, viewer, or what is sent as it is.
    @SuppressWarnings("ArrayRecordComponent") // bytes that are no text; nobody compares them
    record Bad(
            String name,
            String method,
            String path,
            String type,
            byte[] body,
            String token,
            int status,
            String code) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Bad> bad() {
        return Stream.of(
                        contains(),
                        scopes(),
                        shapes(),
                        twoReadings(),
                        owners(),
                        farAway(),
                        Stream.of(
                                get(
                                        "an unknown id",
                                        CONTAINMENTS + "/C-0000000",
                                        404,
                                        "unknown-containment"),
                                get("no id at all", CONTAINMENTS + "/-1;DROP", 400, "invalid-term"),
                                get(
                                        "an unknown state",
                                        CONTAINMENTS + "?state=x",
                                        400,
                                        "invalid-term"),
                                get(
                                        "a limit of words",
                                        CONTAINMENTS + "?limit=many",
                                        400,
                                        "invalid-term"),
                                get(
                                        "a huge limit",
                                        CONTAINMENTS + "?limit=99999999999",
                                        400,
                                        "invalid-term"),
                                get(
                                        "a date without a zone",
                                        "/api/v1/replay?at=2026-11-23",
                                        400,
                                        "invalid-term"),
                                get("an unknown path", "/api/v1/nothing", 404, "http-404"),
                                send("a wrong method", "DELETE", CONTAINMENTS, "", 405, "http-405"),
                                of("no token", WORKLOADS, "{}", "", 401, "unknown-token"),
                                of("a wrong token", WORKLOADS, "{}", "fbr_x", 401, "unknown-token"),
                                of(
                                        "a viewer who contains",
                                        CONTAINMENTS,
                                        contain("ttl", "\"30m\""),
                                        "viewer",
                                        403,
                                        "not-permitted"),
                                of(
                                        "a viewer who enlists",
                                        "/api/v1/responders",
                                        "{\"name\":\"eve\",\"role\":\"admin\"}",
                                        "viewer",
                                        403,
                                        "not-permitted"),
                                json(
                                        "an unknown role",
                                        "/api/v1/responders",
                                        "{\"name\":\"eve\",\"role\":\"god\"}",
                                        400,
                                        "invalid-json"),
                                json(
                                        "a role by number",
                                        "/api/v1/responders",
                                        "{\"name\":\"eve\",\"role\":3}",
                                        400,
                                        "invalid-json"),
                                json(
                                        "days beyond counting",
                                        "/api/v1/responders/ann/tokens",
                                        "{\"days\":99999999999999}",
                                        400,
                                        "invalid-json"),
                                json(
                                        "negative days",
                                        "/api/v1/responders/ann/tokens",
                                        "{\"days\":-1}",
                                        400,
                                        "invalid-term")))
                .flatMap(each -> each);
    }

    private static Stream<Bad> contains() {
        return Stream.of(
                json(
                        "peers for peer",
                        CONTAINMENTS,
                        contain("peers", "\"cidr/203.0.113.7/32\""),
                        400,
                        "unknown-field"),
                json(
                        "no ttl",
                        CONTAINMENTS,
                        contain("direction", "\"egress\""),
                        400,
                        "invalid-term"),
                json(
                        "a ttl without a unit",
                        CONTAINMENTS,
                        contain("ttl", "\"30\""),
                        400,
                        "invalid-term"),
                json("a ttl as a number", CONTAINMENTS, contain("ttl", "30"), 400, "invalid-json"),
                json(
                        "a ttl of ages",
                        CONTAINMENTS,
                        contain("ttl", "\"999999999999999999h\""),
                        400,
                        "invalid-term"),
                json(
                        "a ttl below zero",
                        CONTAINMENTS,
                        contain("ttl", "\"-5m\""),
                        400,
                        "invalid-term"),
                json(
                        "a wrong direction",
                        CONTAINMENTS,
                        contain("direction", "\"sideways\""),
                        400,
                        "invalid-json"),
                json(
                        "a port too many",
                        CONTAINMENTS,
                        contain("ports", "\"65536/tcp\""),
                        400,
                        "invalid-term"),
                json(
                        "a control character",
                        CONTAINMENTS,
                        contain("reason", "\"a\\u0007b\""),
                        400,
                        "invalid-term"),
                json(
                        "a reason that nobody sees",
                        CONTAINMENTS,
                        contain("reason", "\"\\u2800\\u3164\\u00a0\""),
                        400,
                        "invalid-term"),
                json(
                        "text that runs backwards",
                        CONTAINMENTS,
                        contain("reason", "\"a\\u202eb\""),
                        400,
                        "invalid-term"));
    }

    /// What one reader takes for this and another for that.
    private static Stream<Bad> twoReadings() {
        var tokens = "/api/v1/responders/ann/tokens";
        return Stream.of(
                json(
                        "a field twice",
                        WORKLOADS,
                        "{\"workload\":\"shop/a\",\"workload\":\"shop/b\",\"environment\":\"p\"}",
                        400,
                        "invalid-json"),
                json(
                        "nothing among the enforcers",
                        CONTAINMENTS,
                        contain("on", "[null]"),
                        400,
                        "invalid-json"),
                json(
                        "nothing among the placements",
                        WORKLOADS,
                        "{\"workload\":\"shop/a\",\"environment\":\"p\",\"placements\":[null]}",
                        400,
                        "invalid-json"),
                json(
                        "nothing as a label",
                        WORKLOADS,
                        "{\"workload\":\"shop/a\",\"environment\":\"p\",\"labels\":{\"a\":null}}",
                        400,
                        "invalid-json"),
                json("a day and a half", tokens, "{\"days\":1.5}", 400, "invalid-json"),
                json("days as a text", tokens, "{\"days\":\"90\"}", 400, "invalid-json"),
                json(
                        "a reason as a number",
                        CONTAINMENTS,
                        contain("reason", "7"),
                        400,
                        "invalid-json"),
                send(
                        "frozen by a number",
                        "PUT",
                        "/api/v1/automation",
                        "{\"frozen\":1,\"reason\":\"x\"}",
                        400,
                        "invalid-json"));
    }

    private static Stream<Bad> owners() {
        return Stream.of(
                        "x".repeat(201),
                        "a\\nb",
                        "a\\u001b[2J",
                        "a\\u0007",
                        "a\\u0000",
                        "a\\u202eb",
                        "a\\ud800")
                .map(owner ->
                        json(
                                "an owner " + owner.substring(0, 2),
                                WORKLOADS,
                                "{\"workload\":\"shop/a\",\"environment\":\"p\",\"owner\":\"%s\"}"
                                        .formatted(owner),
                                400,
                                "invalid-term"));
    }

    private static Stream<Bad> farAway() {
        return Stream.of(
                        "timeline?from=-1000000000-01-01T00:00:00Z",
                        "timeline?from=%2B1000000000-12-31T23:59:59Z",
                        "timeline?until=-1000000000-01-01T00:00:00Z",
                        "timeline?until=%2B1000000000-12-31T23:59:59Z",
                        "replay?at=-1000000000-01-01T00:00:00Z",
                        "replay?at=%2B1000000000-12-31T23:59:59Z")
                .map(path -> get(path, "/api/v1/" + path, 400, "invalid-term"));
    }

    private static Stream<Bad> scopes() {
        return Stream.of(
                        "cidr/0.0.0.0/0",
                        "cidr/::/0",
                        "cidr/::ffff:0:0/96",
                        "cidr/::ffff:0.0.0.0/96",
                        "cidr/::ffff:10.0.0.0/95",
                        "cidr/10.0.0.1/24",
                        "cidr/10.0.0/24",
                        "cidr/010.0.0.1/32",
                        "cidr/10.0.0.0/33",
                        "workload/../../etc",
                        "host/")
                .map(scope ->
                        json(
                                "peer " + scope,
                                CONTAINMENTS,
                                contain("peer", "\"%s\"".formatted(scope)),
                                400,
                                "invalid-term"));
    }

    private static Stream<Bad> shapes() {
        return Stream.of(
                json(
                        "an unknown workload",
                        CONTAINMENTS,
                        "{\"subject\":\"shop/crat\",\"ttl\":\"30m\",\"reason\":\"x\"}",
                        404,
                        "unknown-workload"),
                json("no JSON", WORKLOADS, "{\"workload\":", 400, "invalid-json"),
                json("nothing", WORKLOADS, "", 400, "invalid-term"),
                json("null", WORKLOADS, "null", 400, "invalid-term"),
                json("a list", WORKLOADS, "[]", 400, "invalid-json"),
                json("two at once", WORKLOADS, "{} {}", 400, "invalid-json"),
                json("very deep", WORKLOADS, "[".repeat(100_000), 400, "invalid-json"),
                new Bad(
                        "bytes that are no UTF-8",
                        "POST",
                        WORKLOADS,
                        JSON,
                        new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'},
                        "admin",
                        400,
                        "invalid-json"),
                new Bad(
                        "ten megabytes",
                        "POST",
                        WORKLOADS,
                        JSON,
                        "x".repeat(10 << 20).getBytes(UTF_8),
                        "admin",
                        413,
                        "http-413"),
                new Bad(
                        "a form",
                        "POST",
                        WORKLOADS,
                        "application/x-www-form-urlencoded",
                        "a=b".getBytes(UTF_8),
                        "admin",
                        415,
                        "http-415"));
    }

    @Test
    void whoever_lacks_the_role_is_refused_and_the_log_says_who_tried_what() {
        var head = head();

        for (var tried :
                List.of(
                        of(
                                "",
                                "/api/v1/responders",
                                "{\"name\":\"eve\",\"role\":\"admin\"}",
                                "viewer",
                                403,
                                ""),
                        of("", "/api/v1/enforcers/host/evil/enrolments", "{}", "viewer", 403, ""),
                        of("", "/api/v1/responders/admin/tokens", "{}", "viewer", 403, ""),
                        new Bad(
                                "",
                                "GET",
                                "/api/v1/responders",
                                JSON,
                                new byte[0],
                                "viewer",
                                403,
                                ""))) {
            assertThat(ask(tried).statusCode()).as(tried.path()).isEqualTo(tried.status());
        }

        assertThat(since(head))
                .extracting(line -> line.path("sentence").asText())
                .anyMatch(told ->
                        told.startsWith(
                                "vera tried to enlist responder eve as admin and was refused: vera is a viewer"))
                .anyMatch(told ->
                        told.startsWith("vera tried to offer enrolment of enforcer/host/evil and"))
                .anyMatch(
                        told -> told.startsWith("vera tried to issue token of responder/admin and"))
                .anyMatch(told -> told.startsWith("vera tried to list responders and was refused"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void it_is_refused_with_a_code_and_nothing_changes(Bad bad) {
        var before = state();
        var head = head();

        var answer = ask(bad);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(bad.status());
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("application/problem+json"));
        var problem = SlackSide.json(answer.body());
        assertThat(problem.path("code").asText()).as(answer.body()).isEqualTo(bad.code());
        assertThat(problem.path("status").asInt()).isEqualTo(bad.status());
        assertThat(problem.path("detail").asText()).isNotBlank();
        assertThatNothingInsideShows(answer.body());
        assertThat(state()).isEqualTo(before);
        assertThat(since(head))
                .allSatisfy(each ->
                        assertThat(each.path("stream").asText()).isEqualTo("control/refusals"));
    }

    @Test
    void an_unknown_workload_is_answered_with_the_one_that_was_meant() {
        var answer =
                firebreak.post(
                        CONTAINMENTS,
                        "{\"subject\":\"shop/crat\",\"ttl\":\"30m\",\"reason\":\"x\"}");

        assertThat(answer.body()).contains("Did you mean shop/cart?");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "contian shop/cart --ttl 30m --reason x",
                "contain shop/cart --ttl 30 --reason x",
                "contain shop/cart --to cidr/0.0.0.0/0 --ttl 30m --reason x",
                "contain shop/cart --to cidr/::ffff:0:0/96 --ttl 30m --reason x",
                "contain shop/crat --ttl 30m --reason x",
                "contain shop/cart —ttl 30m —reason “x” —nonsense",
                "release C-0000000 --reason x",
                "status C-0000000",
                "replay --at -1m",
                "\u202e\u0007`$(id)` <!channel>",
                "@/etc/passwd"
            })
    void slack_is_told_in_a_sentence_and_nothing_changes(String text) {
        var slack = new SlackSide(firebreak, SECRET, "https://hooks.slack.com/x");
        var before = state();

        var answer = slack.typed("T1", "U1", text);

        assertThat(answer.path("response_type").asText()).isEqualTo("ephemeral");
        assertThat(answer.path("text").asText()).isNotBlank();
        assertThat(answer.toString()).doesNotContain("\"Apply\"", "<!channel>", "\u202e", "broke");
        assertThatNothingInsideShows(answer.toString());
        assertThat(state()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"text/html", "text/plain", "application/yaml", "garbage", "*/*;q=x", ","})
    void whatever_is_asked_for_the_answer_is_json_or_a_problem(String accept) {
        for (var path : List.of("/api/v1/whoami", "/api/v1/status", WORKLOADS)) {
            var answer = firebreak.send(firebreak.request(path).header("Accept", accept));

            assertThat(answer.statusCode()).isIn(200, 406);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).contains("json");
            assertThat(SlackSide.json(answer.body()).isContainerNode()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/whoami HTTP/1.1\r\nConnection: close\r\n\r\n",
                "POST /api/v1/workloads HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n",
                "GET /api/v1/%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
                "GET /api/v1/timeline?after=%zz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            })
    void what_no_client_sends_is_a_problem_too(String request) throws IOException {
        assertThat(raw(request))
                .startsWith("HTTP/1.1 400")
                .contains("\"code\":\"http-400\"")
                .doesNotContain("stack", "Exception");
    }

    @ParameterizedTest
    @ValueSource(strings = {WORKLOADS, "/chatops/slack"})
    void a_body_that_does_not_say_how_large_it_is_is_bounded_too(String path) {
        var endless = ("{\"workload\": \"" + "x".repeat(2 << 20)).getBytes(UTF_8);
        var request =
                firebreak
                        .request(path)
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Content-Type", JSON)
                        .POST(
                                BodyPublishers.ofInputStream(
                                        () -> new ByteArrayInputStream(endless)));

        var answer = firebreak.send(request);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(SlackSide.json(answer.body()).path("code").asText()).isEqualTo("http-413");
    }

    @Test
    void a_body_of_just_the_limit_is_read() {
        var limit = "x".repeat(1 << 20);

        assertThat(firebreak.post(WORKLOADS, limit).body()).contains("invalid-json");
    }

    /// Neither a drop each second nor a stop half way keeps anybody waiting.
    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100000", "Transfer-Encoding: chunked"})
    void a_body_that_drips_is_given_up_in_time(String size) throws Exception {
        var drop = size.startsWith("C") ? " " : "1\r\n \r\n";

        var answer = dripped(WORKLOADS, size, drop);

        assertThat(answer).startsWith("HTTP/1.1 408").contains("\"code\":\"http-408\"");
        assertThat(firebreak.output()).doesNotContain("unexpected failure");
    }

    @Test
    void a_body_that_stops_half_way_is_given_up_in_time() throws Exception {
        assertThat(dripped(WORKLOADS, "Content-Length: 100000", "")).doesNotContain("HTTP/1.1 2");
    }

    @Test
    void a_stranger_cannot_drip_either() throws Exception {
        assertThat(dripped("/chatops/slack", "Content-Length: 100000", " "))
                .startsWith("HTTP/1.1 408");
    }

    /// What comes back first, or nothing when the connection is closed, while one drop a second is
    /// sent. Fails when neither happens in time.
    private static String dripped(String path, String size, String drop) throws Exception {
        var head =
                "POST %s HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer %s\r\nContent-Type: %s\r\n%s\r\n\r\n"
                        .formatted(path, firebreak.adminToken(), JSON, size);
        var service = URI.create(firebreak.url());
        try (var drops = Executors.newSingleThreadScheduledExecutor();
                var socket = new Socket(InetAddress.getLoopbackAddress(), service.getPort())) {
            socket.setSoTimeout((int) GIVEN_UP_WITHIN.toMillis());
            socket.getOutputStream().write(head.getBytes(UTF_8));
            var dripping =
                    drops.scheduleAtFixedRate(() -> drip(socket, drop), 0, 1, TimeUnit.SECONDS);
            var answer = new byte[4_096];
            var length = socket.getInputStream().read(answer);
            dripping.cancel(true);
            return new String(answer, 0, Math.max(length, 0), UTF_8);
        }
    }

    private static void drip(Socket socket, String drop) {
        try {
            socket.getOutputStream().write(drop.getBytes(UTF_8));
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    /// As it is written, and what comes back until the end of the connection, or for a while.
    private static String raw(String request) throws IOException {
        var service = URI.create(firebreak.url());
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.getPort())) {
            socket.setSoTimeout(5_000);
            var answer = new ByteArrayOutputStream();
            try {
                socket.getOutputStream().write(request.getBytes(UTF_8));
                socket.getInputStream().transferTo(answer);
            } catch (IOException _) {
                // It may be cut off; what was said before counts.
            }
            return answer.toString(UTF_8);
        }
    }

    private static HttpResponse<String> ask(Bad bad) {
        var token =
                switch (bad.token()) {
                    case "admin" -> firebreak.adminToken();
                    case "viewer" -> viewer;
                    default -> bad.token();
                };
        // Over HTTP/2 an answer before the end of a body is no answer to Java's client.
        var request = firebreak.anonymous(bad.path()).version(HttpClient.Version.HTTP_1_1);
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        if (bad.body().length > 0 || "POST".equals(bad.method())) {
            request.header("Content-Type", bad.type());
        }
        return firebreak.send(request.method(bad.method(), BodyPublishers.ofByteArray(bad.body())));
    }

    private static void assertThatNothingInsideShows(String body) {
        assertThat(body)
                .doesNotContain("\tat ", "Exception", "dev.firebreak.", "java.", "com.fasterxml");
    }

    /// Everything that a person could see of what is there.
    private static List<String> state() {
        return Stream.of(WORKLOADS, CONTAINMENTS + "?state=all", "/api/v1/responders")
                .map(path -> firebreak.get(path).body())
                .toList();
    }

    private static long head() {
        return status().path("head").asLong();
    }

    private static JsonNode status() {
        return SlackSide.json(firebreak.get("/api/v1/status"));
    }

    private static Iterable<JsonNode> since(long position) {
        return SlackSide.json(firebreak.get("/api/v1/timeline?after=" + position));
    }

    /// A good request, but for one field; without a ttl when that is what is missing.
    private static String contain(String field, String value) {
        var fields = new TreeMap<String, String>();
        fields.put("subject", "\"shop/cart\"");
        fields.put("reason", "\"x\"");
        if (!"direction".equals(field) || value.contains("sideways")) {
            fields.put("ttl", "\"30m\"");
        }
        fields.put(field, value);
        return fields.entrySet().stream()
                .map(each -> "\"%s\": %s".formatted(each.getKey(), each.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static Bad json(String name, String path, String body, int status, String code) {
        return of(name, path, body, "admin", status, code);
    }

    private static Bad of(
            String name, String path, String body, String token, int status, String code) {
        return new Bad(name, "POST", path, JSON, body.getBytes(UTF_8), token, status, code);
    }

    private static Bad get(String name, String path, int status, String code) {
        return send(name, "GET", path, "", status, code);
    }

    private static Bad send(
            String name, String method, String path, String body, int status, String code) {
        return new Bad(name, method, path, JSON, body.getBytes(UTF_8), "admin", status, code);
    }
}
