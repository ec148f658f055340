package dev.firebreak.commandside.axon;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.eventlog.term.Responder;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// What a command asks for, without when, by whom, and what was worked out for it: the same for a
/// request that is made again, and another for everything else that somebody sends under its key.
final class Fingerprint {

    /// Of the digest, in bytes: enough to tell the requests under one key apart.
    private static final int LENGTH = 8;

    private Fingerprint() {}

    /// `key`, bound to what is asked under it; empty when there is none.
    static String bind(String key, Command command) {
        return key.isEmpty() ? "" : key + "/" + of(command);
    }

    private static String of(Command command) {
        var asked = command.getClass().getSimpleName() + parts(command);
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var hash = digest.digest(asked.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, LENGTH);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    /// The plan is drawn anew each time, and a containment that has ended gets another name.
    private static List<?> parts(Command command) {
        return command instanceof RequestContainment request
                ? List.of(request.plan().ask(), request.ttl(), request.reason(), request.incident())
                : Arrays.stream(command.getClass().getRecordComponents())
                        .filter(part -> part.getType() != Instant.class)
                        .filter(part -> part.getType() != Responder.class)
                        .map(part -> value(part, command))
                        .toList();
    }

    private static Object value(RecordComponent part, Command command) {
        try {
            return part.getAccessor().invoke(command);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("not readable: " + part, broken);
        }
    }
}
