package dev.firebreak.hostagent.deny;

import static dev.firebreak.hostagent.deny.Malformed.require;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// Who is cut: the whole host, or the processes of one cgroup, by its name below the cgroup2 mount.
public sealed interface Subject {

    /// The kernel program looks so many steps below the root for a known cgroup, and no further.
    int DEEPEST = 15;

    int LONGEST_NAME = 200;

    record Host() implements Subject {
        @Override
        public String path() {
            return "/";
        }
    }

    record Cgroup(String path) implements Subject {

        static final int LONGEST_PATH = 1024;

        public Cgroup {
            require(
                    path.length() <= LONGEST_PATH,
                    () -> "a cgroup path of " + path.length() + " characters");
            require(path.matches("(/[^/\\x00-\\x1f\\x7f]+)+"), () -> "not a cgroup path: " + path);
            require(
                    Arrays.stream(path.split("/"))
                            .noneMatch(part -> part.equals(".") || part.equals("..")),
                    () -> "not a plain cgroup path: " + path);
        }
    }

    String path();

    /// Its path, as far as a sentence has room: the end tells more than the beginning.
    default String name() {
        String path = path();
        return path.length() <= LONGEST_NAME
                ? path
                : "…" + path.substring(path.length() - LONGEST_NAME + 1);
    }

    /// How many steps below the root.
    default int level() {
        return this instanceof Host ? 0 : (int) path().chars().filter(c -> c == '/').count();
    }

    /// What rules refer to: it stays the same when the cgroup is made anew and gets another id.
    default long handle() {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(path().getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    default Subject parent() {
        int last = path().lastIndexOf('/');
        return last <= 0 ? new Host() : new Cgroup(path().substring(0, last));
    }

    default boolean contains(Subject other) {
        return this instanceof Host
                || other.path().equals(path())
                || other.path().startsWith(path() + "/");
    }
}
