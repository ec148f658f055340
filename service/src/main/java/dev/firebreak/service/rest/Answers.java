package dev.firebreak.service.rest;

import dev.firebreak.commandside.command.Outcome.Refused;
import dev.firebreak.commandside.command.RefusalCode;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;

/// What the rules refuse, in HTTP's words.
final class Answers {

    private static final int UNPROCESSABLE = 422;

    private Answers() {}

    static Response refused(Refused refused) {
        var status = status(refused.code());
        var known = Status.fromStatusCode(status);
        return Problem.response(
                status,
                known == null ? "Unprocessable Content" : known.getReasonPhrase(),
                refused.code().text(),
                refused.sentence());
    }

    private static int status(RefusalCode code) {
        return switch (code) {
            case NOT_PERMITTED, SELF_APPROVAL, PROTECTED_SCOPE, AUTOMATION_FROZEN, INVALID_TOKEN ->
                    Status.FORBIDDEN.getStatusCode();
            case UNKNOWN_CONTAINMENT, UNKNOWN_WORKLOAD, UNKNOWN_ENFORCER, UNKNOWN_RESPONDER ->
                    Status.NOT_FOUND.getStatusCode();
            case NOTHING_TO_CONTAIN,
                    CANNOT_BE_EXPRESSED,
                    TTL_TOO_SHORT,
                    TTL_TOO_LONG,
                    TOO_LARGE,
                    NO_BASELINE ->
                    UNPROCESSABLE;
            case PLAN_CHANGED,
                    NOT_AWAITING_APPROVAL,
                    ALREADY_ENDED,
                    NOT_ACTIVE,
                    NOT_YET_DUE,
                    ALREADY_EXISTS,
                    CONFLICT,
                    UNREADABLE_STREAM ->
                    Status.CONFLICT.getStatusCode();
        };
    }
}
