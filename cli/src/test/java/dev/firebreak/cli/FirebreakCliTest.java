package dev.firebreak.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.noContent;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static com.github.tomakehurst.wiremock.stubbing.Scenario.STARTED;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import dev.firebreak.chatops.grammar.TerminalOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FirebreakCliTest {

    private static final Instant NOW = Instant.parse("2026-11-23T08:15:00Z");
    private static final String CONTAIN =
            "contain payments/checkout --to cidr/203.0.113.0/24 --ttl 30m --reason beaconing";

    @RegisterExtension
    static final WireMockExtension SERVICE =
            WireMockExtension.newInstance().options(wireMockConfig().dynamicPort()).build();

    @TempDir Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment =
            new HashMap<>(
                    Map.of("FIREBREAK_URL", SERVICE.baseUrl(), "FIREBREAK_TOKEN", "fb-secret"));

    @Test
    void who_one_is_is_asked_with_the_token() {
        SERVICE.stubFor(
                get("/api/v1/whoami").willReturn(okJson("{\"name\":\"ann\",\"role\":\"admin\"}")));

        assertThat(run("whoami")).isEqualTo(Exit.OK);

        assertThat(out()).isEqualTo("You are ann, with the role admin.\n");
        SERVICE.verify(
                getRequestedFor(urlEqualTo("/api/v1/whoami"))
                        .withHeader("Authorization", equalTo("Bearer fb-secret")));
    }

    @Test
    void status_is_a_table_with_the_time_that_is_left() {
        SERVICE.stubFor(
                get("/api/v1/status")
                        .willReturn(
                                okJson(
                                        "{\"automationFrozen\":true,\"waiting\":[],\"broken\":[],\"active\":["
                                                + view("contained")
                                                + "]}")));

        assertThat(run("")).isEqualTo(Exit.OK);

        assertThat(out())
                .isEqualTo(
                        """
                        ID         STATE      SUBJECT                     PEER                 PORTS  ENDS        BY   REASON
                        C-7F3K9QX  contained  workload/payments/checkout  cidr/203.0.113.0/24  all    in 27m 10s  ann  beaconing
                        Automation is frozen; people can still act.
                        """);
    }

    @Test
    void what_has_ended_and_is_not_read_back_stands_apart_with_what_would_settle_it() {
        SERVICE.stubFor(
                get("/api/v1/status")
                        .willReturn(
                                okJson(
                                        "{\"waiting\":[],\"broken\":[],\"active\":["
                                                + view("contained")
                                                + ","
                                                + view("releasing")
                                                + "]}")));

        assertThat(run("status")).isEqualTo(Exit.OK);

        assertThat(out())
                .endsWith(
                        """
                        Ended, and not read back as gone from everywhere:
                        C-7F3K9QX  As it stands: releasing.
                        """);
    }

    @Test
    void one_containment_is_shown_in_utc_and_local_time() {
        SERVICE.stubFor(
                get("/api/v1/containments/C-7F3K9QX").willReturn(okJson(view("contained"))));

        assertThat(run("status c-7f3k9qx")).isEqualTo(Exit.OK);

        assertThat(out())
                .contains("2026-11-23 08:42:10Z (09:42:10 CET), in 27m 10s")
                .contains(
                        "  on host/web-1: verified, read back (1 session ended, 0 still open); but raw sockets are not held;"
                                + " not covered: payments/late in cgroup /late, because it lies elsewhere")
                .contains("  not covered: payments/batch, because no enforcer is there");
    }

    @Test
    void a_contain_waits_until_it_holds() {
        SERVICE.stubFor(post("/api/v1/containments").willReturn(created("pushing")));
        inTurn("pushing", "contained");

        assertThat(run(CONTAIN)).isEqualTo(Exit.OK);

        SERVICE.verify(
                postRequestedFor(urlEqualTo("/api/v1/containments"))
                        .withHeader("Idempotency-Key", matching("[-0-9a-f]{36}"))
                        .withRequestBody(
                                equalToJson(
                                        """
                                        {"subject":"workload/payments/checkout",
                                         "peer":"cidr/203.0.113.0/24","direction":"both","ports":"all",
                                         "ttl":"30m","reason":"beaconing"}\
                                        """)));
        assertThat(err()).isEqualTo("Received as C-7F3K9QX; there is no need to ask again.\n");
        assertThat(out()).startsWith("C-7F3K9QX  As it stands: contained.");
    }

    @ParameterizedTest
    @CsvSource({
        "contained, OK",
        "contained-except, PARTIAL",
        "not-contained, FAILED",
        "unknown, UNKNOWN",
        "awaiting-approval, PARTIAL",
        "pushing, UNKNOWN",
        "declined, FAILED",
        "ended, FAILED"
    })
    void how_a_contain_ended_is_told_by_the_exit_code(String state, Exit exit) {
        SERVICE.stubFor(post("/api/v1/containments").willReturn(created(state)));
        inTurn(state);

        assertThat(run(CONTAIN)).isEqualTo(exit);
    }

    @Test
    void a_contain_that_is_not_awaited_returns_at_once() {
        SERVICE.stubFor(post("/api/v1/containments").willReturn(created("pushing")));

        assertThat(run(CONTAIN + " --no-wait")).isEqualTo(Exit.OK);

        SERVICE.verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    void a_dry_run_asks_for_a_plan_and_for_nothing_else() {
        SERVICE.stubFor(
                post("/api/v1/plans")
                        .willReturn(
                                okJson(
                                        """
                                        {"containment":"C-7F3K9QX","hash":"ab","ask":{"subject":"workload/payments/checkout",
                                         "peer":"everyone","direction":"BOTH","ports":"all"},
                                         "parts":[{"enforcer":"host/web-1","subjects":[{"kind":"host"}],"peers":[]},
                                                  {"enforcer":"host/web-2","subjects":[{"kind":"host"}],"peers":[],
                                                   "hindered":"it is not heard at present","law":"not for 10.0.0.53"}],
                                         "gaps":[],"reach":{"members":1,"fleet":3,"names":["payments/checkout"],"owners":["payments"]},
                                         "protectedBy":[],"approval":"it touches 9 workloads"}\
                                        """)));

        assertThat(run("contain payments/checkout --ttl 5m --reason r --dry-run"))
                .isEqualTo(Exit.OK);

        assertThat(out())
                .startsWith("Nothing has been done. This is what it comes to, as C-7F3K9QX:")
                .contains("  on host/web-1: 1 to hold, against everyone\n")
                .contains(
                        "  on host/web-2: 1 to hold, against everyone; but it is not heard at"
                                + " present; but not for 10.0.0.53")
                .contains("  waits for a second person, because it touches 9 workloads");
        SERVICE.verify(1, postRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"parts\":[],\"protectedBy\":[]' | nothing-to-contain | no enforcer can hold",
                "'\"parts\":[{}],\"protectedBy\":[\"dns\"]' | protected-scope | must never be cut"
            })
    void a_dry_run_of_what_would_be_refused_fails_and_tells_why(
            String fields, String code, String why) {
        SERVICE.stubFor(post("/api/v1/plans").willReturn(okJson("{" + fields + "}")));
        var line = "contain payments/checkout --ttl 5m --reason r --dry-run";

        assertThat(run(line)).isEqualTo(Exit.FAILED);
        assertThat(out()).startsWith("Nothing has been done.");
        assertThat(err()).startsWith("This would be refused: ").contains(why);
        out.reset();
        err.reset();
        assertThat(run(line + " -o json")).isEqualTo(Exit.FAILED);
        assertThat(out()).isEqualToIgnoringWhitespace("{" + fields + "}");
        assertThat(err()).contains("\"code\":\"" + code + "\"").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " -o json", " -o yaml"})
    void what_cannot_be_written_is_a_failure(String form) {
        assertThat(runTo("No space left on device", "whoami" + form)).isEqualTo(Exit.FAILED);
        assertThat(err())
                .contains("The answer came and could not be written")
                .doesNotContain("decided");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " -o json", " -o yaml"})
    void a_reader_that_has_seen_enough_is_told_nothing(String form) {
        assertThat(runTo("Broken pipe", "whoami" + form)).isEqualTo(Exit.FAILED);
        assertThat(err()).isEmpty();
    }

    @Test
    @Timeout(10)
    void a_watch_that_nobody_reads_ends() {
        SERVICE.stubFor(get("/api/v1/status").willReturn(okJson("{}")));

        assertThat(runTo("Broken pipe", "status --watch")).isEqualTo(Exit.FAILED);
        assertThat(err()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Broken pipe", "No space left on device"})
    void a_decision_that_nobody_could_read_is_told(String failure) {
        SERVICE.stubFor(put("/api/v1/automation").willReturn(okJson("{}")));

        assertThat(runTo(failure, "freeze --reason drill")).isEqualTo(Exit.FAILED);
        assertThat(err()).contains("could not be written", "was decided; look before you ask");
    }

    /// Runs it where every write fails like this.
    private Exit runTo(String failure, String line) {
        SERVICE.stubFor(
                get("/api/v1/whoami").willReturn(okJson("{\"name\":\"ann\",\"role\":\"admin\"}")));
        var terminal = terminal();
        var failing =
                new OutputStream() {
                    @Override
                    public void write(int octet) throws IOException {
                        throw new IOException(failure);
                    }
                };
        var full =
                new Terminal(
                        Answers.to(failing, UTF_8),
                        terminal.err(),
                        environment,
                        home,
                        terminal.clock(),
                        terminal.zone());
        return new FirebreakCli(full, Duration.ZERO).run(Arrays.asList(line.split(" ")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-o json", "--output=json", "-o yaml", "-o JSON"})
    void programs_get_problems_in_their_form(String form) throws IOException {
        var problem = "{\"status\":409,\"code\":\"x\",\"detail\":\"What, why, what next.\"}";
        SERVICE.stubFor(
                get("/api/v1/whoami").willReturn(aResponse().withStatus(409).withBody(problem)));

        assertThat(run("whoami " + form)).isEqualTo(Exit.FAILED);
        assertThat(out()).isEmpty();
        assertThat(err()).isEqualTo(problem + "\n");

        err.reset();
        assertThat(run("contian x " + form)).isEqualTo(Exit.USAGE);
        assertThat(Rest.JSON.readTree(err()).path("code").asText()).isEqualTo("usage");
        assertThat(Rest.JSON.readTree(err()).path("detail").asText()).contains("contain");

        err.reset();
        environment.put("FIREBREAK_URL", "http://127.0.0.1:1");
        assertThat(run("whoami " + form)).isEqualTo(Exit.UNREACHABLE);
        assertThat(err()).hasLineCount(1).contains("\"code\":\"unreachable\"", "nothing was asked");
    }

    @ParameterizedTest
    @CsvSource({
        "400, USAGE",
        "401, NOT_PERMITTED",
        "403, NOT_PERMITTED",
        "404, FAILED",
        "409, FAILED",
        "422, FAILED",
        "500, FAILED",
        "503, UNREACHABLE"
    })
    void a_problem_is_its_sentence_and_an_exit_code(int status, Exit exit) {
        SERVICE.stubFor(
                get("/api/v1/whoami")
                        .willReturn(
                                aResponse()
                                        .withStatus(status)
                                        .withHeader("Content-Type", "application/problem+json")
                                        .withBody(
                                                "{\"code\":\"x\",\"detail\":\"What, why, what next.\"}")));

        assertThat(run("whoami")).isEqualTo(exit);

        assertThat(err()).isEqualTo("What, why, what next.\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void an_error_page_of_something_else_is_no_sentence_of_ours() {
        SERVICE.stubFor(
                get("/api/v1/whoami").willReturn(aResponse().withStatus(502).withBody("<html>")));

        assertThat(run("whoami")).isEqualTo(Exit.UNREACHABLE);

        assertThat(err()).doesNotContain("<html>").doesNotContain("Exception");
    }

    @Test
    void nobody_there_is_told_with_the_next_step() {
        environment.put("FIREBREAK_URL", "http://127.0.0.1:1");

        assertThat(run("whoami")).isEqualTo(Exit.UNREACHABLE);

        assertThat(err()).contains("./firebreak up starts it").doesNotContain("Exception");
    }

    @Test
    void a_request_that_was_taken_and_not_answered_leaves_the_state_unknown() {
        SERVICE.stubFor(
                post("/api/v1/containments")
                        .willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));

        assertThat(run(CONTAIN)).isEqualTo(Exit.UNKNOWN);

        assertThat(err()).contains("not known whether it was decided");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "contian a/b|Did you mean contain?",
                "contain a/b --ttl 30 --reason r|type --ttl 30m for minutes",
                "status -o xml|'xml' is not a form of output",
                "whoami --watch|--watch goes with status"
            })
    void what_is_typed_wrong_is_told_without_asking_anybody(String line, String sentence) {
        assertThat(run(line)).isEqualTo(Exit.USAGE);

        assertThat(err()).contains(sentence);
        SERVICE.verify(0, getRequestedFor(anyUrl()));
    }

    @Test
    @Timeout(30)
    void an_answer_that_stalls_after_its_headers_is_not_waited_for_without_end() throws Exception {
        try (var door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            environment.put("FIREBREAK_URL", "http://127.0.0.1:" + door.getLocalPort());
            Thread.ofPlatform().daemon().start(() -> answerWithHeadersAlone(door));
            var access = Access.of(TerminalOptions.DEFAULT, terminal());

            try (var rest = new Rest(access, Duration.ofMillis(300))) {
                assertThatThrownBy(() -> rest.get("whoami"))
                        .isInstanceOfSatisfying(
                                Stop.class,
                                stop -> assertThat(stop.exit()).isEqualTo(Exit.UNREACHABLE));
            }
        }
    }

    @Test
    void programs_get_the_services_own_answer() {
        SERVICE.stubFor(
                get("/api/v1/whoami").willReturn(okJson("{\"name\":\"ann\",\"role\":\"admin\"}")));

        run("whoami -o json");
        assertThat(out()).isEqualToIgnoringWhitespace("{\"name\":\"ann\",\"role\":\"admin\"}");
        out.reset();
        run("whoami -o yaml");
        assertThat(out()).isEqualTo("name: \"ann\"\nrole: \"admin\"\n");
    }

    @Test
    void what_others_wrote_cannot_steer_the_terminal() {
        SERVICE.stubFor(
                get("/api/v1/workloads")
                        .willReturn(
                                okJson(
                                        "[{\"name\":\"a/b\",\"owner\":\"\\u001b[2J\\u202eevil\\nline\",\"placements\":[]}]")));

        run("workloads");

        assertThat(out()).doesNotContain("\u001b").doesNotContain("\u202e").contains("evil");
        assertThat(out().lines()).hasSize(2);
    }

    @Test
    void a_deployment_is_recorded_with_its_places() {
        SERVICE.stubFor(post("/api/v1/workloads").willReturn(okJson("{}")));

        run("deploy a/b --env prod --label tier=front --host h1 --cgroup /a/b --address 10.0.0.5");

        SERVICE.verify(
                postRequestedFor(urlEqualTo("/api/v1/workloads"))
                        .withRequestBody(
                                equalToJson(
                                        """
                                        {"workload":"a/b","environment":"prod","owner":"","labels":{"tier":"front"},
                                         "placements":[{"kind":"cgroup","host":"h1","cgroup":"/a/b"},
                                                       {"kind":"address","address":"10.0.0.5/32"}]}\
                                        """)));
    }

    @Test
    void who_retires_what_is_contained_is_told_that_it_stays_cut() {
        SERVICE.stubFor(
                post("/api/v1/workloads/a/b/retirements")
                        .willReturn(
                                okJson(
                                        """
                                        {"workload":"a/b","gaps":[],"containedBy":[{"containment":"C-7F3K9QX",
                                         "until":"2026-11-23T13:30:00Z"}]}\
                                        """)));

        run("retire a/b --reason moved");

        assertThat(out())
                .contains("Recorded: a/b is gone.")
                .contains("C-7F3K9QX goes on cutting it, also where it ran before, until ")
                .contains("13:30");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, ''",
        "0, 0, '  now          nobody is said to be in it; what was cut stays cut; at most 5'",
        "3, 0, '  now          3 of the fleet''s 9: a/b; at most 5'",
        "1, 2, '  now          1 of the fleet''s 9: a/b; at most 5; left out 2: a/c'"
    })
    void who_is_in_it_now_is_told_where_it_is_not_as_decided(int members, int leftOut, String row) {
        SERVICE.stubFor(
                get("/api/v1/containments/C-7F3K9QX")
                        .willReturn(
                                okJson(
                                        """
                                        {"id":"C-7F3K9QX","state":"contained","stateText":"contained",
                                         "reach":{"members":1,"fleet":9,"names":["a/b"]},
                                         "present":{"reach":{"members":%d,"fleet":9,"names":["a/b"]},
                                                    "atMost":5,"leftOut":%d,"names":["a/c"]}}\
                                        """
                                                .formatted(members, leftOut))));

        run("status C-7F3K9QX");

        var now = out().lines().filter(line -> line.startsWith("  now")).findFirst().orElse("");
        assertThat(now).isEqualTo(row);
    }

    @Test
    void an_approval_is_bound_to_the_plan_that_is_shown() {
        SERVICE.stubFor(
                get("/api/v1/containments/C-7F3K9QX")
                        .willReturn(okJson(view("awaiting-approval"))));
        SERVICE.stubFor(
                post("/api/v1/containments/C-7F3K9QX/approvals").willReturn(created("contained")));

        assertThat(run("approve C-7F3K9QX")).isEqualTo(Exit.OK);

        SERVICE.verify(
                postRequestedFor(urlEqualTo("/api/v1/containments/C-7F3K9QX/approvals"))
                        .withRequestBody(equalToJson("{\"plan\":\"abcd\"}")));
    }

    @Test
    void answers_without_a_body_are_told_in_a_sentence() {
        SERVICE.stubFor(put("/api/v1/automation").willReturn(noContent()));
        SERVICE.stubFor(delete("/api/v1/responders/ann/slack-users/T1/U1").willReturn(noContent()));

        assertThat(run("freeze --reason runaway")).isEqualTo(Exit.OK);
        assertThat(run("responders unlink ann --slack T1/U1")).isEqualTo(Exit.OK);

        assertThat(out()).startsWith("Automation is frozen");
        SERVICE.verify(
                putRequestedFor(urlEqualTo("/api/v1/automation"))
                        .withRequestBody(equalToJson("{\"frozen\":true,\"reason\":\"runaway\"}")));
        SERVICE.verify(deleteRequestedFor(urlEqualTo("/api/v1/responders/ann/slack-users/T1/U1")));
    }

    @Test
    void a_replay_of_a_moment_and_of_a_span_are_asked_in_utc() {
        SERVICE.stubFor(get(anyUrl()).willReturn(okJson("[]")));

        run("replay --at 2026-11-23T09:00:00+01:00");
        run("replay --from 2h");

        SERVICE.verify(getRequestedFor(urlEqualTo("/api/v1/replay?at=2026-11-23T08:00:00Z")));
        SERVICE.verify(
                getRequestedFor(
                        urlEqualTo(
                                "/api/v1/timeline?from=2026-11-23T06:15:00Z&until=2026-11-23T08:15:00Z&limit=1000&folded=true")));
    }

    @Test
    void whoever_releases_second_is_told_who_was_first_and_that_the_reason_is_lost() {
        var path = "/api/v1/containments/C-7F3K9QX/releases";
        SERVICE.stubFor(
                post(path)
                        .willReturn(
                                okJson(
                                        """
                                        {"id":"C-7F3K9QX","state":"ended",
                                         "stateText":"ended at 08:00 UTC by ann: all clear"}\
                                        """)));

        assertThat(run("release C-7F3K9QX --reason mine")).isEqualTo(Exit.OK);

        assertThat(err()).contains("C-7F3K9QX had ended before; your reason was not recorded.");
        assertThat(out()).contains("ended at 08:00 UTC by ann: all clear");

        SERVICE.stubFor(post(path).willReturn(created("releasing")));
        run("release C-7F3K9QX --reason mine");
        assertThat(err().lines().filter(line -> line.contains("had ended before"))).hasSize(1);
    }

    @Test
    void people_read_what_repeats_itself_once_and_programs_and_whoever_asks_for_all_read_all() {
        SERVICE.stubFor(get(anyUrl()).willReturn(okJson("[]")));
        var whole = "/api/v1/containments/C-7F3K9QX/timeline?limit=1000";

        run("replay C-7F3K9QX");
        SERVICE.verify(1, getRequestedFor(urlEqualTo(whole + "&folded=true")));

        run("replay C-7F3K9QX --all");
        SERVICE.verify(1, getRequestedFor(urlEqualTo(whole)));

        run("replay C-7F3K9QX -o json");
        SERVICE.verify(2, getRequestedFor(urlEqualTo(whole)));
    }

    @Test
    void a_timeline_is_read_to_its_end_however_short_a_page_is_and_a_repeated_one_is_the_end() {
        var path = "/api/v1/containments/C-7F3K9QX/timeline?limit=1000&folded=true";
        SERVICE.stubFor(get(path).willReturn(okJson((line(4, 9) + line(8, 1)).replace("][", ","))));
        SERVICE.stubFor(get(path + "&after=8").willReturn(okJson(line(9, 1))));
        SERVICE.stubFor(get(path + "&after=9").willReturn(okJson(line(9, 1))));

        run("replay C-7F3K9QX");

        assertThat(out().lines().skip(1).map(line -> line.substring(0, 1)))
                .containsExactly("4", "8", "9");
        assertThat(out()).contains("4  2026-11-23 08:00:00Z");
    }

    private static String line(int position, int entries) {
        return """
        [{"position":%d,"at":"2026-11-23T08:00:09Z","firstAt":"2026-11-23T08:00:00Z",
          "entries":%d,"by":"firebreak","surface":"agent","containments":[],"sentence":"No."}]
        """
                .formatted(position, entries)
                .strip();
    }

    @Test
    void a_span_names_the_containments_of_each_line_and_one_life_does_not_repeat_its_own() {
        SERVICE.stubFor(
                get(anyUrl())
                        .willReturn(
                                okJson(
                                        """
                                        [{"position":7,"at":"2026-11-23T08:00:00Z","by":"ann",
                                          "surface":"cli","containments":["C-7F3K9QX"],
                                          "sentence":"ann released it: done."},
                                         {"position":8,"at":"2026-11-23T08:00:01Z",
                                          "by":"firebreak","surface":"agent",
                                          "containments":["C-1","C-2","C-3","C-4","C-5"],
                                          "sentence":"host/x denied much."}]
                                        """)));

        run("replay --from 2h");
        assertThat(out().lines())
                .anyMatch(line -> line.matches("7 .* C-7F3K9QX +ann released it: done\\."))
                .anyMatch(line -> line.matches("8 .* C-1, C-2, C-3 and 2 more +host/x denied.*"));

        run("replay C-7F3K9QX");
        assertThat(out().lines().filter(line -> line.startsWith("7 ")).toList().getLast())
                .doesNotContain("C-7F3K9QX");
    }

    @Test
    void a_log_that_is_not_intact_is_a_violation() {
        SERVICE.stubFor(
                get("/api/v1/audit/verification")
                        .willReturn(
                                okJson(
                                        "{\"intact\":false,\"sentence\":\"Entry 7 was changed.\"}")));

        assertThat(run("audit verify")).isEqualTo(Exit.VIOLATION);

        assertThat(out()).isEqualTo("THE LOG IS NOT INTACT. Entry 7 was changed.\n");
    }

    @Test
    void a_doctor_finds_what_is_wrong() {
        SERVICE.stubFor(
                get("/api/v1/whoami").willReturn(okJson("{\"name\":\"ann\",\"role\":\"admin\"}")));
        SERVICE.stubFor(
                get("/api/v1/status")
                        .willReturn(
                                okJson(
                                        """
                                        {"lag":0,"broken":[],"enforcers":[
                                          {"enforcer":"host/a","state":"connected"},
                                          {"enforcer":"host/b","state":"silent","stateText":"not heard for 5m"}]}\
                                        """)));

        assertThat(run("doctor")).isEqualTo(Exit.FAILED);

        assertThat(out())
                .contains("ok     the service answers and knows this token")
                .contains("ok     host/a is connected")
                .contains("WRONG  host/b is silent: not heard for 5m");
    }

    @Test
    void an_enforcer_that_is_ahead_of_the_log_is_told_by_status_and_wrong_to_a_doctor() {
        SERVICE.stubFor(get("/api/v1/whoami").willReturn(okJson("{}")));
        SERVICE.stubFor(
                get("/api/v1/status")
                        .willReturn(
                                okJson(
                                        """
                                        {"active":[],"waiting":[],"broken":[],"lag":0,"enforcers":
                                         [{"enforcer":"host/web-1","state":"ahead","stateText":"This log is older."}]}\
                                        """)));

        assertThat(run("status")).isEqualTo(Exit.OK);
        assertThat(out()).contains("host/web-1 is AHEAD of this log: This log is older.");
        out.reset();
        assertThat(run("doctor")).isEqualTo(Exit.FAILED);
        assertThat(out()).contains("WRONG  host/web-1 is ahead: This log is older.");
    }

    @Test
    void a_doctor_compares_the_clocks_and_names_what_does_not_hold_or_does_not_end() {
        SERVICE.stubFor(get("/api/v1/whoami").willReturn(okJson("{}")));
        SERVICE.stubFor(
                get("/api/v1/status")
                        .willReturn(
                                okJson(
                                        """
                                        {"now":"2026-11-23T08:20:03Z","lag":0,"broken":[],
                                         "enforcers":[{"enforcer":"host/a","state":"connected"}],
                                         "active":[
                                          {"id":"C-1","state":"contained","stateText":"It holds."},
                                          {"id":"C-2","state":"contained-except","stateText":"Not b."},
                                          {"id":"C-3","state":"releasing","stateText":"Not yet.",
                                           "endedAt":"2026-11-23T08:05:00Z"},
                                          {"id":"C-4","state":"releasing","stateText":"In a moment.",
                                           "endedAt":"2026-11-23T08:14:50Z"}]}\
                                        """)));

        assertThat(run("doctor")).isEqualTo(Exit.FAILED);

        assertThat(out())
                .contains("WRONG  this terminal's clock is 5m 3s behind the service's")
                .contains("WRONG  C-2 is contained-except: Not b.")
                .contains("WRONG  C-3 ended 10m 0s ago and is not gone everywhere: Not yet.")
                .doesNotContain("C-1", "C-4");
    }

    @Test
    void programs_get_what_a_doctor_found_check_by_check() throws IOException {
        SERVICE.stubFor(get("/api/v1/whoami").willReturn(okJson("{\"name\":\"ann\"}")));
        SERVICE.stubFor(
                get("/api/v1/status")
                        .willReturn(okJson("{\"now\":\"2026-11-23T08:15:01Z\",\"lag\":3}")));

        assertThat(run("doctor -o json")).isEqualTo(Exit.FAILED);

        var found = Rest.JSON.readTree(out());
        assertThat(found.path("well").asBoolean()).isFalse();
        assertThat(found.path("findings"))
                .extracting(each -> each.path("check").asText() + " " + each.path("ok").asText())
                .containsExactly(
                        "service true",
                        "whoami true",
                        "clock true",
                        "views false",
                        "enforcers false");
    }

    @Test
    void asking_for_what_is_contained_already_says_that_its_end_stays() {
        var again = okJson(view("contained"));
        SERVICE.stubFor(post("/api/v1/containments").willReturn(again));

        assertThat(run(CONTAIN)).isEqualTo(Exit.OK);

        assertThat(err())
                .contains("This was asked for already, as C-7F3K9QX: ", "in 27m 10s")
                .contains("firebreak extend C-7F3K9QX --ttl 30m")
                .doesNotContain("Received");
    }

    @Test
    void a_plan_names_who_is_cut_without_being_asked_for() {
        SERVICE.stubFor(
                post("/api/v1/plans")
                        .willReturn(
                                okJson(
                                        """
                                        {"parts":[{}],"protectedBy":[],"reach":{"members":2,"fleet":9,
                                         "names":["shop/cart","shop/side"],"neighbours":[
                                           {"workload":"shop/side","why":"it shares a cgroup"}]}}\
                                        """)));

        assertThat(run("plan shop/cart")).isEqualTo(Exit.OK);

        assertThat(out()).contains("  also cuts shop/side, because it shares a cgroup\n");
    }

    @Test
    void a_dry_run_of_what_is_contained_already_says_so() {
        SERVICE.stubFor(
                post("/api/v1/plans")
                        .willReturn(
                                okJson(
                                        "{\"parts\":[{}],\"protectedBy\":[],\"already\":"
                                                + view("contained")
                                                + "}")));

        assertThat(run("plan payments/checkout")).isEqualTo(Exit.OK);

        assertThat(out()).contains("This was asked for already, as C-7F3K9QX: ");
    }

    @Test
    void a_token_for_a_new_enforcer_goes_by_a_file_and_not_by_the_command_line() {
        SERVICE.stubFor(
                post("/api/v1/enforcers/host/web-1/enrolments")
                        .willReturn(
                                okJson(
                                        """
                                        {"token":"fb-once","expiresAt":"2026-11-23T08:30:00Z",
                                         "command":"./firebreak agent --service https://h:7443 --token fb-once"}\
                                        """)));

        assertThat(run("enforcers enrol host/web-1")).isEqualTo(Exit.OK);

        assertThat(out())
                .contains("--service https://h:7443 --token-file /etc/firebreak/token")
                .contains("umask 077")
                .doesNotContain("--token fb-once");
    }

    @Test
    void the_token_of_this_machine_is_read_from_the_data_directory() throws IOException {
        environment.remove("FIREBREAK_TOKEN");
        Files.createDirectories(home.resolve(".local/share/firebreak"));
        Files.writeString(home.resolve(".local/share/firebreak/admin.token"), "fb-of-file\n");
        SERVICE.stubFor(get("/api/v1/whoami").willReturn(okJson("{}")));

        run("whoami --url http://localhost:" + SERVICE.getPort());

        SERVICE.verify(
                getRequestedFor(urlEqualTo("/api/v1/whoami"))
                        .withHeader("Authorization", equalTo("Bearer fb-of-file")));
    }

    @Test
    void the_token_of_this_machine_is_never_sent_to_another() throws IOException {
        environment.remove("FIREBREAK_TOKEN");
        Files.writeString(home.resolve("admin.token"), "fb-of-file");

        assertThat(run("whoami --url https://firebreak.example --data " + home))
                .isEqualTo(Exit.NOT_PERMITTED);

        assertThat(err()).contains("is another machine");
    }

    @Test
    void without_a_token_nothing_is_asked_and_the_way_to_one_is_told() {
        environment.remove("FIREBREAK_TOKEN");

        assertThat(run("whoami")).isEqualTo(Exit.NOT_PERMITTED);

        assertThat(err()).contains("admin.token cannot be read").contains("./firebreak up");
    }

    @Test
    void help_and_completion_need_no_service() {
        environment.clear();

        assertThat(run("help contain")).isEqualTo(Exit.OK);
        assertThat(run("contain --help")).isEqualTo(Exit.OK);
        assertThat(run("completion")).isEqualTo(Exit.OK);

        assertThat(out()).contains("contain: cuts traffic").contains("complete -F");
    }

    private static String view(String state) {
        return """
        {"id":"C-7F3K9QX","effect":"deny","subject":"workload/payments/checkout","peer":"cidr/203.0.113.0/24",
         "direction":"egress","ports":"all","state":"%s","stateText":"As it stands: %s.","reason":"beaconing",
         "incident":"","requestedBy":"ann","requestedAt":"2026-11-23T08:12:10Z","expiresAt":"2026-11-23T08:42:10Z",
         "endedAt":null,"planHash":"abcd","approval":null,"approvedBy":"",
         "parts":[{"enforcer":"host/web-1","state":"verified","sentence":"read back","sessionsEnded":1,"sessionsSurviving":0,"caveats":["raw sockets are not held"],
                   "gaps":[{"what":"payments/late in cgroup /late","why":"it lies elsewhere"}]}],
         "gaps":[{"what":"payments/batch","why":"no enforcer is there"}],
         "reach":{"members":1,"fleet":3,"names":["payments/checkout"],"owners":[]}}
        """
                .formatted(state, state);
    }

    private static ResponseDefinitionBuilder created(String state) {
        return okJson(view(state)).withStatus(201);
    }

    private static void inTurn(String... states) {
        for (var i = 0; i < states.length; i++) {
            SERVICE.stubFor(
                    get("/api/v1/containments/C-7F3K9QX")
                            .inScenario("life")
                            .whenScenarioStateIs(i == 0 ? STARTED : "look " + i)
                            .willReturn(okJson(view(states[i])))
                            .willSetStateTo("look " + Math.min(i + 1, states.length - 1)));
        }
        if (states.length == 1) {
            SERVICE.stubFor(
                    get("/api/v1/containments/C-7F3K9QX").willReturn(okJson(view(states[0]))));
        }
    }

    private static void answerWithHeadersAlone(ServerSocket door) {
        try (var caller = door.accept()) {
            var headers = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n";
            caller.getOutputStream().write(headers.getBytes(UTF_8));
            caller.getOutputStream().flush();
            var _ = caller.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // The client hung up, or the test is over.
        }
    }

    private Terminal terminal() {
        return new Terminal(
                Answers.to(out, UTF_8),
                new PrintStream(err, true, UTF_8),
                environment,
                home,
                InstantSource.fixed(NOW),
                ZoneId.of("Europe/Berlin"));
    }

    private Exit run(String line) {
        var arguments = line.isEmpty() ? List.<String>of() : Arrays.asList(line.split(" "));
        return new FirebreakCli(terminal(), Duration.ofMillis(600)).run(arguments);
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
