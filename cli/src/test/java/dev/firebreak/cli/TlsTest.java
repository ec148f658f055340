package dev.firebreak.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real TLS server, whose certificate no authority that Java brings along has signed.
class TlsTest {

    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final String CONTAIN = "contain a/b --ttl 5m --reason r --no-wait";

    @TempDir Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment =
            new HashMap<>(Map.of("FIREBREAK_TOKEN", "fb-secret"));
    private final AtomicInteger asked = new AtomicInteger();
    private HttpServer server;

    @BeforeEach
    void plain() throws IOException {
        server = started(HttpServer.create(anyPort(), 0));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void whom_the_file_of_the_authority_names_is_believed() throws Exception {
        var pem = tls("ip:127.0.0.1");

        assertThat(run("whoami --ca " + pem + " --url " + url("https"))).isEqualTo(Exit.OK);
        environment.put("FIREBREAK_CA", pem.toString());
        assertThat(run("whoami --url " + url("https"))).isEqualTo(Exit.OK);

        assertThat(out()).contains("You are ann");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whoami", CONTAIN})
    void whom_nobody_vouches_for_is_not_asked_and_the_way_out_is_told(String line)
            throws Exception {
        tls("ip:127.0.0.1");

        assertThat(run(line + " --url " + url("https"))).isEqualTo(Exit.UNREACHABLE);

        assertThat(err())
                .contains("is not trusted here", "--ca FILE or FIREBREAK_CA", "Nothing was asked.")
                .doesNotContain("Is it running");
        assertThat(asked).hasValue(0);
    }

    @Test
    void the_wrong_authority_is_told_by_its_file() throws Exception {
        var other = made("other", "ip:127.0.0.1");
        tls("ip:127.0.0.1");

        assertThat(run("whoami --ca " + other + " --url " + url("https")))
                .isEqualTo(Exit.UNREACHABLE);

        assertThat(err()).contains("was not signed by the authority in " + other);
    }

    @Test
    void a_file_without_a_certificate_is_a_slip() throws Exception {
        var empty = Files.writeString(home.resolve("empty.pem"), "");

        assertThat(run("whoami --ca " + empty + " --url " + url("https"))).isEqualTo(Exit.USAGE);

        assertThat(err()).contains(empty + " holds no certificate in PEM form");
    }

    @Test
    void a_certificate_for_another_name_is_told_as_that() throws Exception {
        var pem = tls("dns:firebreak.example");

        assertThat(run("whoami --ca " + pem + " --url " + url("https")))
                .isEqualTo(Exit.UNREACHABLE);

        assertThat(err()).contains("is for another name", "127.0.0.1", "Nothing was asked.");
    }

    @Test
    void plain_http_to_a_door_of_tls_is_told_with_the_right_address() throws Exception {
        tls("ip:127.0.0.1");

        assertThat(run(CONTAIN + " --url " + url("http"))).isEqualTo(Exit.UNREACHABLE);

        assertThat(err()).contains("speaks TLS", "Write " + url("https"), "Nothing was asked.");
    }

    @Test
    void tls_to_a_door_of_plain_http_is_told_with_the_right_address() {
        assertThat(run("whoami --url " + url("https"))).isEqualTo(Exit.UNREACHABLE);

        assertThat(err()).contains("speaks plain http", "Write " + url("http"));
    }

    @Test
    void the_data_directory_is_enough_for_the_service_of_this_machine() throws Exception {
        var pem = tls("dns:firebreak.example");
        environment.clear();
        var data = Files.createDirectory(home.resolve("data"));
        Files.writeString(data.resolve("service.url"), url("https") + "\n");
        Files.copy(pem, data.resolve("service.crt"));
        Files.writeString(data.resolve("admin.token"), "fb-of-file\n");

        assertThat(run("whoami --data " + data)).as(err()).isEqualTo(Exit.OK);

        Files.copy(
                made("other", "ip:127.0.0.1"),
                data.resolve("service.crt"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThat(run("whoami --data " + data)).isEqualTo(Exit.UNREACHABLE);
        assertThat(err()).contains("is not trusted here");
    }

    @Test
    void an_address_that_was_typed_goes_before_the_one_of_the_data_directory() throws Exception {
        var data = Files.createDirectories(home.resolve(".local/share/firebreak"));
        Files.writeString(data.resolve("service.url"), url("http") + "\n");

        assertThat(run("whoami")).isEqualTo(Exit.OK);
        assertThat(run("whoami --url http://127.0.0.1:1")).isEqualTo(Exit.UNREACHABLE);
        environment.put("FIREBREAK_URL", "http://127.0.0.1:1");
        assertThat(run("whoami")).isEqualTo(Exit.UNREACHABLE);
        assertThat(run("whoami --data " + data)).isEqualTo(Exit.OK);
    }

    /// Puts a TLS server in the place of the plain one, and gives the PEM file of its certificate.
    private Path tls(String name) throws Exception {
        server.stop(0);
        var pem = made("service", name);
        var store = KeyStore.getInstance(home.resolve("service.p12").toFile(), PASSWORD);
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        var https = HttpsServer.create(anyPort(), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(context));
        server = started(https);
        return pem;
    }

    /// A key and a certificate that it signed itself, by the JDK's own tool.
    private Path made(String file, String name) throws Exception {
        var store = home.resolve(file + ".p12");
        var command =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "it",
                        "-dname",
                        "CN=" + file,
                        "-ext",
                        "san=" + name,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        new String(PASSWORD));
        var process = command.inheritIO().start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        var certificate = KeyStore.getInstance(store.toFile(), PASSWORD).getCertificate("it");
        var pem =
                "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
                        .formatted(
                                Base64.getMimeEncoder().encodeToString(certificate.getEncoded()));
        return Files.writeString(home.resolve(file + ".pem"), pem);
    }

    private HttpServer started(HttpServer fresh) {
        fresh.createContext(
                "/api/v1/",
                exchange -> {
                    asked.incrementAndGet();
                    var body = "{\"name\":\"ann\",\"role\":\"admin\"}".getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        fresh.start();
        return fresh;
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private String url(String scheme) {
        return "%s://127.0.0.1:%d/".formatted(scheme, server.getAddress().getPort());
    }

    private Exit run(String line) {
        var terminal =
                new Terminal(
                        Answers.to(out, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        environment,
                        home,
                        InstantSource.system(),
                        ZoneOffset.UTC);
        return new FirebreakCli(terminal, Duration.ZERO).run(List.of(line.split(" ")));
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }
}
