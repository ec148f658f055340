package dev.firebreak.service.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.firebreak.commandside.command.LogUnavailable;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.queryside.projection.ViewsUnavailable;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Everything that is thrown on the way becomes a problem with a code; no stack trace leaves the
/// house.
final class Failures {

    private static final Logger LOG = Logger.getLogger(Failures.class);

    /// Deep enough for any of our own records; a bound against a cycle of causes.
    private static final int DEEPEST_CAUSE = 10;

    private static final String DENIES_GO_ON = "Denies that hold go on holding until their end.";

    @ServerExceptionMapper
    Response invalid(InvalidTerm invalid) {
        return Problem.response(
                Status.BAD_REQUEST, "invalid-term", String.valueOf(invalid.getMessage()));
    }

    @ServerExceptionMapper
    Response unknownField(UnrecognizedPropertyException unknown) {
        return Problem.response(
                Status.BAD_REQUEST,
                "unknown-field",
                "'%s' is no field here; known are %s."
                        .formatted(unknown.getPropertyName(), unknown.getKnownPropertyIds()));
    }

    /// The framework has an answer of its own to these, which is empty.
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException mismatched) {
        var field =
                mismatched.getPath().stream()
                        .map(Reference::getFieldName)
                        .filter(Objects::nonNull)
                        .collect(Collectors.joining("."));
        var target = mismatched.getTargetType();
        if (field.isEmpty() || target == null || !target.isEnum()) {
            return unreadable(mismatched);
        }
        var known =
                Arrays.stream(target.getEnumConstants())
                        .map(each -> each.toString().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        return Problem.response(
                Status.BAD_REQUEST, "invalid-json", "'%s' is one of %s.".formatted(field, known));
    }

    @ServerExceptionMapper
    Response unreadable(JsonProcessingException unreadable) {
        Throwable cause = unreadable;
        for (var depth = 0; cause != null && depth < DEEPEST_CAUSE; depth++) {
            if (cause instanceof InvalidTerm invalid) {
                return invalid(invalid);
            }
            cause = cause.getCause();
        }
        var where = unreadable.getLocation();
        return Problem.response(
                Status.BAD_REQUEST,
                "invalid-json",
                "The body is not the JSON that is expected here%s."
                        .formatted(
                                where == null
                                        ? ""
                                        : " (line %d, column %d)"
                                                .formatted(
                                                        where.getLineNr(), where.getColumnNr())));
    }

    @ServerExceptionMapper(BoundedBody.TooMuch.class)
    Response tooMuch() {
        return Problem.response(TooLarge.STATUS, TooLarge.TITLE, TooLarge.CODE, TooLarge.DETAIL);
    }

    @ServerExceptionMapper
    Response undecided(LogUnavailable unavailable) {
        LOG.warnf("log unavailable: %s", unavailable.getMessage());
        return unavailable.isNothingDecided()
                ? Problem.response(
                        Status.SERVICE_UNAVAILABLE,
                        "log-unavailable",
                        "The log cannot take a decision right now, so nothing was decided and"
                                + " nothing changed on the network. "
                                + DENIES_GO_ON
                                + " Ask again in a moment.")
                : Problem.response(
                        Status.SERVICE_UNAVAILABLE,
                        "outcome-unknown",
                        "The log was lost while it decided, so it is not known whether this was"
                                + " decided. "
                                + DENIES_GO_ON
                                + " Ask again with the same Idempotency-Key: if it was decided,"
                                + " that changes nothing.");
    }

    @ServerExceptionMapper
    Response unread(dev.firebreak.eventlog.log.LogUnavailable unavailable) {
        LOG.warnf("log unreadable: %s", unavailable.getMessage());
        return Problem.response(
                Status.SERVICE_UNAVAILABLE,
                "log-unavailable",
                "The log cannot be read right now, so nothing is shown. "
                        + DENIES_GO_ON
                        + " Ask again in a moment.");
    }

    @ServerExceptionMapper
    Response unseen(ViewsUnavailable unavailable) {
        LOG.warnf("views unavailable: %s", unavailable.getMessage());
        return Problem.response(
                Status.SERVICE_UNAVAILABLE,
                "views-unavailable",
                "What is contained now cannot be read right now, so it is not shown. "
                        + DENIES_GO_ON
                        + " What was asked before goes on; look with status in a moment.");
    }

    @ServerExceptionMapper
    Response behind(Shown.Behind behind) {
        return Problem.response(
                Status.SERVICE_UNAVAILABLE,
                "views-behind",
                "%s %s Ask again in a moment.".formatted(behind.getMessage(), DENIES_GO_ON));
    }

    @ServerExceptionMapper
    Response http(WebApplicationException failure) {
        switch (failure.getCause()) {
            case UnrecognizedPropertyException unknown -> {
                return unknownField(unknown);
            }
            case MismatchedInputException mismatched -> {
                return mismatched(mismatched);
            }
            case JsonProcessingException unreadable -> {
                return unreadable(unreadable);
            }
            case NumberFormatException number -> {
                return noNumber(number);
            }
            case null, default -> {}
        }
        var status = failure.getResponse().getStatusInfo();
        return Problem.response(
                status.getStatusCode(),
                status.getReasonPhrase(),
                "http-" + status.getStatusCode(),
                status.getReasonPhrase() + ".");
    }

    /// Of a query parameter; the framework calls the whole address unknown then.
    private static Response noNumber(NumberFormatException cause) {
        return Problem.response(
                Status.BAD_REQUEST,
                "invalid-term",
                "A parameter of this address has to be a whole number. %s."
                        .formatted(cause.getMessage()));
    }

    @ServerExceptionMapper
    Response broken(RuntimeException failure) {
        var id = UUID.randomUUID();
        LOG.errorf(failure, "unexpected failure id=%s", id);
        return Problem.response(
                Status.INTERNAL_SERVER_ERROR,
                "internal-error",
                "Something in Firebreak is broken (%s stands in its log). Whether the request took"
                                .formatted(id)
                        + " effect is unknown: look with status before asking again.");
    }
}
