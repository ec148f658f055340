package dev.firebreak.embeddedpostgres;

import java.nio.file.Path;

/// Another process holds the data directory; nothing was touched.
public final class DataDirectoryInUseException extends EmbeddedPostgresException {
    DataDirectoryInUseException(Path directory, String holder) {
        super(
                "The data directory %s is in use by %s. Stop that one first, or choose another data directory."
                        .formatted(directory, holder));
    }
}
