package dev.firebreak.hostagent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The committed object is what its source says.
class KernelObjectTest {

    private static final Path BUILD = Path.of("src/main/bpf/build");

    @Test
    void the_committed_object_is_its_source_compiled(@TempDir Path elsewhere)
            throws IOException, InterruptedException {
        if (!onPath("clang-16") || !onPath("llvm-strip-16")) {
            System.out.println(
                    "not compared: clang-16 and llvm-strip-16 are not installed here; the committed"
                            + " kernel program was not rebuilt");
            return;
        }
        Path rebuilt = elsewhere.resolve("firebreak.bpf.o");
        Process build =
                new ProcessBuilder(BUILD.toAbsolutePath().toString(), rebuilt.toString())
                        .directory(elsewhere.toFile())
                        .inheritIO()
                        .start();
        assertThat(build.waitFor()).isZero();
        assertThat(Files.readAllBytes(rebuilt)).isEqualTo(committed());
    }

    @Test
    void it_declares_the_maps_and_programs_that_the_loader_expects() {
        List<String> maps = new ArrayList<>();
        KernelObject.load().maps().forEach(map -> maps.add(map.name()));
        assertThat(maps)
                .containsExactlyInAnyOrder(
                        "config",
                        "subjects",
                        "rules",
                        "slots",
                        "lifelines",
                        "flows_even",
                        "flows_odd");
    }

    private static byte[] committed() throws IOException {
        try (InputStream in = KernelObject.class.getResourceAsStream(KernelObject.RESOURCE)) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static boolean onPath(String tool) {
        return Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, tool)));
    }
}
