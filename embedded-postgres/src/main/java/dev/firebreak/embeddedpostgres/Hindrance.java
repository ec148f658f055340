package dev.firebreak.embeddedpostgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Objects;

/// Why the file system says no, in words. Java's own message is often nothing but the path.
public final class Hindrance {

    private Hindrance() {}

    /// A sentence without its stop, that names the file.
    public static String of(IOException refused) {
        return switch (refused) {
            case AccessDeniedException denied ->
                    "%s, which runs this, may not use %s; who may is shown by: ls -ld %s"
                            .formatted(account(), denied.getFile(), denied.getFile());
            case FileAlreadyExistsException taken ->
                    "%s is there already and is no directory".formatted(taken.getFile());
            case NotDirectoryException file -> "%s is no directory".formatted(file.getFile());
            case NoSuchFileException missing -> "%s is not there".formatted(missing.getFile());
            case FileSystemException other ->
                    "%s: %s"
                            .formatted(
                                    other.getFile(),
                                    Objects.requireNonNullElse(
                                            other.getReason(), "the system refuses it"));
            default ->
                    Objects.requireNonNullElse(
                            refused.getMessage(), refused.getClass().getSimpleName());
        };
    }

    private static String account() {
        return "The account " + System.getProperty("user.name");
    }
}
