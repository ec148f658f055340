package dev.firebreak.hostagent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The helper as its agent runs it: a process of its own, one line in, one verdict out.
class ProbeMainTest {

    private Process helper;

    @BeforeEach
    void start() throws IOException {
        helper =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx16m",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                ProbeMain.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
    }

    @AfterEach
    void end() {
        helper.destroyForcibly().onExit().join();
    }

    @Test
    void a_refused_call_was_let_pass() throws IOException {
        assertThat(ask("tcp 127.0.0.1 9")).isEqualTo("allowed");
        assertThat(ask("udp 127.0.0.1 9")).isEqualTo("allowed");
    }

    @Test
    void a_call_that_could_not_be_tried_is_not_called_allowed() throws Exception {
        assertThat(ask("tcp 127.0.0.1 9")).isEqualTo("allowed");
        new ProcessBuilder("prlimit", "--pid", Long.toString(helper.pid()), "--nofile=3:3")
                .start()
                .waitFor();

        assertThat(ask("tcp 127.0.0.1 9")).startsWith("not possible: ").contains("open files");
    }

    private String ask(String attempt) throws IOException {
        Writer out = helper.outputWriter(StandardCharsets.UTF_8);
        out.write(attempt + "\n");
        out.flush();
        BufferedReader in = helper.inputReader(StandardCharsets.UTF_8);
        return String.valueOf(in.readLine());
    }
}
