package dev.firebreak.service.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// The one directory that holds all of ours: PostgreSQL, the agent authority, the admin's token.
record DataDirectory(Path path) {

    static final Path DEFAULT =
            Path.of(System.getProperty("user.home"), ".local", "share", "firebreak");

    static DataDirectory open(Path path) {
        var absolute = path.toAbsolutePath().normalize();
        try {
            if (!Files.isDirectory(absolute)) {
                Files.createDirectories(
                        absolute,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx--x--x")));
            }
        } catch (IOException refused) {
            throw new CannotStart(
                    "The data directory %s cannot be made (%s). Choose another with --data."
                            .formatted(absolute, refused.getMessage()),
                    refused);
        }
        return new DataDirectory(absolute);
    }
}
