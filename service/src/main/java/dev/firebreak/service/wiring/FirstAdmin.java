package dev.firebreak.service.wiring;

import dev.firebreak.commandside.command.Command;
import dev.firebreak.commandside.command.Commands;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome.Refused;
import dev.firebreak.commandside.responder.ResponderCommand.EnlistResponder;
import dev.firebreak.commandside.responder.ResponderCommand.IssueToken;
import dev.firebreak.embeddedpostgres.Hindrance;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.security.Tokens;
import dev.firebreak.service.start.CannotStart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/// The first admin and the token to begin with, in `admin.token` (0600) of the data directory.
///
/// The file is written before the token is made known to the log, so that a crash in between is
/// mended by the next start, and no token is ever good that nobody holds.
final class FirstAdmin {

    static final String TOKEN_FILE = "admin.token";

    private static final Logger LOG = Logger.getLogger(FirstAdmin.class);

    private static final ResponderName ADMIN = new ResponderName("admin");
    private static final Duration TOKEN_LIFE = Duration.ofDays(366);

    private final Commands commands;
    private final LiveEstate estate;
    private final Clock clock;
    private final Path file;

    FirstAdmin(Commands commands, LiveEstate estate, Clock clock, Path data) {
        this.commands = commands;
        this.estate = estate;
        this.clock = clock;
        this.file = data.resolve(TOKEN_FILE);
    }

    /// Enlists the admin unless there is one who has, or had, a token.
    void ensure() {
        var known = estate.read(e -> e.responder(ADMIN));
        var others = estate.read(e -> e.responders().size());
        if (known.isEmpty() && others > 0) {
            return; // Somebody took over and dismissed the first admin; that stands.
        }
        if (known.isPresent() && !known.get().tokens().isEmpty()) {
            sayWhenLost();
            return;
        }
        var token = storedToken();
        var now = clock.instant();
        if (known.isEmpty()) {
            send(new EnlistResponder(ADMIN, Role.ADMIN, Responder.FIREBREAK, now));
        }
        send(
                new IssueToken(
                        ADMIN,
                        Tokens.mintId(),
                        Tokens.hash(token),
                        now.plus(TOKEN_LIFE),
                        Responder.FIREBREAK,
                        now));
    }

    private void sayWhenLost() {
        if (!Files.exists(file)) {
            LOG.infof(
                    "%s is not here; the admin's token was moved or this is another replica", file);
        }
    }

    private void send(Command command) {
        var origin = Origin.firebreak(Surface.SETUP, UUID.randomUUID());
        if (commands.send(command, origin) instanceof Refused(_, var sentence)) {
            throw new CannotStart("The first admin cannot be enlisted: " + sentence);
        }
    }

    private String storedToken() {
        try {
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            var token = Tokens.mint();
            var fresh = file.resolveSibling(TOKEN_FILE + ".new");
            Files.deleteIfExists(fresh);
            Files.createFile(
                    fresh,
                    PosixFilePermissions.asFileAttribute(
                            Set.copyOf(PosixFilePermissions.fromString("rw-------"))));
            Files.writeString(fresh, token + "\n", StandardOpenOption.SYNC);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            return token;
        } catch (IOException failure) {
            throw new CannotStart(
                    "The admin's token cannot be written to %s. %s."
                            .formatted(file, Hindrance.of(failure)));
        }
    }
}
