package dev.firebreak.embeddedpostgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What differs between root and an ordinary user. As an ordinary user all other tests already show
/// the second half.
final class AccountTest {
    private static final int NOBODY = 65534;

    @TempDir(factory = Reachable.class)
    Path directory;

    @BeforeEach
    void only_root_can_become_somebody_else() throws Exception {
        assumeTrue(Account.weAreRoot());
        Trees.mode(directory, "rwxr-xr-x");
    }

    @Test
    void a_directory_that_postgres_cannot_enter_is_named_with_the_remedy() throws Exception {
        var closed = Files.createDirectory(directory.resolve("closed"));
        Trees.mode(closed, "rwx------");

        assertThatThrownBy(() -> EmbeddedPostgres.start(closed.resolve("data")))
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("chmod o+x " + closed);
    }

    @Test
    void roots_server_runs_unprivileged() {
        try (var postgres = EmbeddedPostgres.startTemporary()) {
            var owners =
                    ProcessHandle.current()
                            .children()
                            .map(child -> child.info().user().orElse("?"))
                            .toList();

            assertThat(owners).isNotEmpty().doesNotContain("root");
            assertThat(postgres.port()).isPositive();
        }
    }

    @Test
    void an_ordinary_user_starts_it_alone_and_keeps_rows() throws Exception {
        var own = Files.createDirectory(directory.resolve("own"));
        Files.setAttribute(own, "unix:uid", NOBODY);
        var become = List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

        try (var child = Child.start(become, readableClassPath(), "rows", own)) {
            assertThat(child.said()).isEqualTo("1");
        }
        assertThat(Files.getAttribute(own.resolve("postgres"), "unix:uid")).isEqualTo(NOBODY);
    }

    /// Root's Maven repository is closed to others.
    private String readableClassPath() throws IOException {
        var copies = new ArrayList<String>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            var copy = directory.resolve("cp-" + copies.size() + ".jar");
            if (Files.exists(Path.of(entry))) {
                Trees.copy(Path.of(entry), copy);
                copies.add(copy.toString());
            }
        }
        return String.join(File.pathSeparator, copies);
    }
}
