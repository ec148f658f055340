package dev.firebreak.eventlog.log;

import java.sql.SQLException;
import org.postgresql.util.PSQLException;

/// What a failed append means for what was to be appended.
enum Failure {
    /// Something in the batch cannot be stored; the rest can. Nothing was appended.
    CULPRIT,
    /// Another was faster in a way that the server reports as an error. Nothing was appended.
    RACED,
    /// The server cannot store anything at present. Nothing was appended.
    REFUSED,
    /// No answer came: it may or may not have been appended.
    LOST;

    /// The primary key, by the name that PostgreSQL gave it.
    private static final String POSITIONS = "event_pkey";

    /// `answered` tells whether the connection is still good, so that the error is the server's
    /// word and the statement was rolled back.
    static Failure of(SQLException failure, boolean answered) {
        var state = failure.getSQLState();
        if (!answered || state == null) {
            return LOST;
        }
        if (isRace(failure)) {
            return RACED;
        }
        return switch (state.substring(0, 2)) {
            case "22", "23", "54" -> CULPRIT;
            case "40" -> RACED;
            case "08" -> LOST;
            default -> "55P03".equals(state) ? RACED : REFUSED;
        };
    }

    /// Whether another appended at the positions that were meant.
    static boolean isRace(SQLException failure) {
        return failure instanceof PSQLException answered
                && answered.getServerErrorMessage() != null
                && POSITIONS.equals(answered.getServerErrorMessage().getConstraint());
    }

    static boolean isUniqueness(SQLException failure) {
        return "23505".equals(failure.getSQLState());
    }
}
