package dev.firebreak.embeddedpostgres;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AnnotatedElementContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.io.TempDirFactory;

/// An empty directory directly below one that everybody can enter.
final class Reachable implements TempDirFactory {
    @Override
    public Path createTempDirectory(AnnotatedElementContext element, ExtensionContext context)
            throws Exception {
        return Files.createTempDirectory(Path.of("/tmp").toRealPath(), "firebreak-test-");
    }
}
