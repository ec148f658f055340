package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `firebreak up` as an operator meets it: ready without anything installed, alone on its data
/// directory, gone without a trace, and with everything it had known after a kill.
class UpIT {

    private static final Map<String, String> PLAIN = Map.of();
    private static final String ALONE = "--without-local-enforcer";

    private static final Duration SHOWN_WITHIN = Duration.ofSeconds(20);

    @TempDir private Path folder;

    /// As root, PostgreSQL runs under an account that must be able to pass through.
    @BeforeEach
    void letPass() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void it_is_ready_and_nothing_but_health_works_without_a_token() {
        try (var firebreak = Instance.start(data(), PLAIN, ALONE)) {
            assertThat(firebreak.get("/api/v1/whoami").body()).contains("\"admin\"");

            for (var path :
                    List.of("/", "/api/v1/whoami", "/api/v1/status", "/q/metrics", "/q/openapi")) {
                assertThat(firebreak.send(firebreak.anonymous(path)).statusCode())
                        .as(path)
                        .isEqualTo(401);
            }
            assertThat(firebreak.send(firebreak.anonymous("/q/health/live")).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void every_metric_that_people_are_told_to_page_on_is_there() throws Exception {
        try (var firebreak = Instance.start(data(), PLAIN, ALONE)) {
            Enrolled.on(firebreak, "web-1");

            var age = "firebreak_observation_age_seconds{enforcer=\"host/web-1\"}";
            var shown = Waiting.until(SHOWN_WITHIN, () -> metrics(firebreak), at(age, 1));
            var _ = Waiting.until(SHOWN_WITHIN, () -> metrics(firebreak), at(age, 3));

            for (var metric : pagedOn()) {
                assertThat(shown).contains("\n" + metric);
            }
            assertThat(shown).contains("\nfirebreak_alarms_watched 1.0");
        }
    }

    @Test
    void the_admins_token_is_readable_by_its_owner_alone() throws Exception {
        try (var firebreak = Instance.start(data(), PLAIN, ALONE)) {
            var rights = Files.getPosixFilePermissions(firebreak.data().resolve("admin.token"));

            assertThat(PosixFilePermissions.toString(rights)).isEqualTo("rw-------");
        }
    }

    @Test
    void whoever_sits_here_is_told_where_to_go_and_who_enforces() throws Exception {
        try (var firebreak = Instance.start(data(), PLAIN, ALONE)) {
            var ready = Pattern.compile("Firebreak is ready: (\\S+)");
            var said =
                    Waiting.until(
                            SHOWN_WITHIN, firebreak::output, text -> text.contains("  enforcer  "));

            var url = ready.matcher(said).results().findFirst().orElseThrow().group(1);
            assertThat(url).isEqualTo(firebreak.url() + "/");
            assertThat(data().resolve("service.url")).hasContent(url);
            assertThat(said)
                    .contains("any user name, and a token as the password")
                    .contains("the admin's is in " + data().toRealPath().resolve("admin.token"))
                    .contains("./firebreak status --data " + data().toRealPath())
                    .contains("none on this machine. It is switched off by");
        }
    }

    @Test
    void what_was_acknowledged_survives_a_kill_of_everything() {
        try (var first = Instance.start(data(), PLAIN, ALONE)) {
            var answer =
                    first.post(
                            "/api/v1/workloads",
                            """
                            {"workload": "shop/cart", "environment": "production",
                             "placements": [{"kind": "cgroup", "host": "web-1", "cgroup": "/cart"}]}
                            """);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            first.process().descendants().forEach(ProcessHandle::destroyForcibly);
            first.kill();
        }

        try (var second = Instance.start(data(), PLAIN, ALONE)) {
            assertThat(second.get("/api/v1/workloads").body()).contains("shop/cart");
        }
    }

    @Test
    void what_is_contained_already_is_not_begun_anew_and_its_plan_says_so() {
        try (var firebreak = Instance.start(data(), PLAIN, ALONE)) {
            Enrolled.on(firebreak, "web-1");
            var deployed =
                    firebreak.post(
                            "/api/v1/workloads",
                            """
                            {"workload": "shop/cart", "environment": "production",
                             "placements": [{"kind": "cgroup", "host": "web-1", "cgroup": "/cart"}]}
                            """);
            assertThat(deployed.statusCode()).as(deployed.body()).isEqualTo(201);
            var ask = "{\"subject\": \"shop/cart\"%s}";
            var whole = ask.formatted(", \"ttl\": \"30m\", \"reason\": \"why not\"");
            assertThat(firebreak.post("/api/v1/plans", ask.formatted("")).body())
                    .contains("\"already\":null");

            var first = firebreak.post("/api/v1/containments", whole);
            var again = firebreak.post("/api/v1/containments", whole);

            assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
            assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
            var id = first.body().replaceFirst("(?s).*?\"id\":\"(C-\\w+)\".*", "$1");
            assertThat(firebreak.post("/api/v1/plans", ask.formatted("")).body())
                    .contains("\"already\":{\"id\":\"" + id + "\"");
            assertThat(firebreak.get("/api/v1/status").body()).contains("\"now\":\"20");
        }
    }

    @Test
    void a_second_one_on_the_same_data_is_refused_and_told_who_holds_it() throws Exception {
        try (var first = Instance.start(data(), PLAIN, ALONE);
                var second = Instance.launch(data(), PLAIN, ALONE)) {
            assertThat(second.process().waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(second.process().exitValue()).isEqualTo(1);
            assertThat(second.output())
                    .contains("in use by", Long.toString(first.process().pid()))
                    .doesNotContain("\tat ");
            assertThat(first.get("/api/v1/whoami").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void told_to_stop_it_leaves_no_process_behind_and_says_what_goes_on() {
        var firebreak = Instance.start(data(), PLAIN, ALONE);
        var descendants = firebreak.process().descendants().toList();

        firebreak.stop();

        assertThat(descendants).isNotEmpty();
        assertThat(descendants).noneMatch(ProcessHandle::isAlive);
        assertThat(firebreak.output().lines().toList())
                .last()
                .isEqualTo("Firebreak stops. No containment has time left.");
    }

    @Test
    void a_slip_in_an_option_is_one_line_and_the_release_is_told() throws Exception {
        try (var refused = Instance.launch(data(), PLAIN, "--prot", "18080")) {
            assertThat(refused.process().waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(refused.process().exitValue()).isEqualTo(2);
            assertThat(refused.output().lines())
                    .containsExactly(
                            "firebreak: There is no option '--prot'. Did you mean --port?"
                                    + " up --help lists the options.");
        }
        try (var asked = Instance.launch(data(), PLAIN, "--version")) {
            assertThat(asked.process().waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(asked.output()).startsWith("firebreak 0.");
        }
    }

    @Test
    void an_address_that_is_not_loopback_needs_tls_or_the_word() throws Exception {
        try (var refused = Instance.launch(data(), PLAIN, ALONE, "--address", "0.0.0.0")) {
            assertThat(refused.process().waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(refused.output()).contains("--tls-certificate", "--without-tls");
        }
    }

    @Test
    void a_slip_in_the_name_of_a_setting_is_refused_before_anything_is_made() throws Exception {
        var slip = Map.of("FIREBREAK_PROTECTED_SCOPE", "workload/infra/dns");
        try (var refused = Instance.launch(data(), slip, ALONE)) {
            assertThat(refused.process().waitFor(60, TimeUnit.SECONDS)).isTrue();

            assertThat(refused.process().exitValue()).isEqualTo(1);
            assertThat(refused.output()).contains("Did you mean FIREBREAK_PROTECTED_SCOPES?");
            assertThat(data()).doesNotExist();
        }
    }

    private static String metrics(Instance firebreak) {
        return firebreak.get("/q/metrics").body();
    }

    /// Whether this series is there, and at least so high.
    private static Predicate<String> at(String series, int least) {
        return shown ->
                shown.lines()
                        .filter(line -> line.startsWith(series + " "))
                        .anyMatch(line -> Double.parseDouble(line.split(" ", -1)[1]) >= least);
    }

    /// As the manual has it; of pushes there is nothing before the first.
    private static List<String> pagedOn() throws IOException {
        var row = Pattern.compile("^\\| `(firebreak_[a-z_]+)", Pattern.MULTILINE);
        var manual = Files.readString(Instance.HOME.resolve("docs/how-to/run-in-production.md"));
        return row.matcher(manual)
                .results()
                .map(match -> match.group(1))
                .filter(metric -> !metric.equals("firebreak_pushes_total"))
                .toList();
    }

    private Path data() {
        return folder.resolve("data");
    }
}
