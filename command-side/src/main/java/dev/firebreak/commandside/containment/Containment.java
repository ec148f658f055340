package dev.firebreak.commandside.containment;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.containment.ContainmentCommand.ApproveContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.DeclineContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ExtendContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.LapseApproval;
import dev.firebreak.commandside.containment.ContainmentCommand.RecordEnforcement;
import dev.firebreak.commandside.containment.ContainmentCommand.RecordLeftOut;
import dev.firebreak.commandside.containment.ContainmentCommand.ReleaseContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ShortenContainment;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.eventlog.event.containment.ContainmentEvent;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ApprovalRequired;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.Contained;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainedExcept;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentApproved;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentDeclined;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentExtended;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentRequested;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentShortened;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.MembersLeftOut;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.ResponderName;
import java.time.Instant;

/// One containment: where it stands, what may be asked of it there, and what becomes of it.
///
/// Pure: the time and whoever asks come with the command, what lies beyond with the guardrails.
sealed interface Containment {

    Containment UNASKED = new Unasked();

    /// Nobody has asked for it yet.
    record Unasked() implements Containment {}

    /// Halfway through the decision on a request; never the state between two commands.
    record Asked(ContainmentRequested request) implements Containment {}

    /// A second person is to say yes to `plan` before `lapsesAt`.
    record Awaiting(ContainmentRequested request, PlanHash plan, Instant lapsesAt)
            implements Containment {}

    /// Halfway through the decision on an approval; never the state between two commands.
    record Approved(ContainmentRequested request, ResponderName by) implements Containment {}

    record Declined(ContainmentRequested request, ContainmentDeclined no) implements Containment {}

    record Running(
            ContainmentRequested request,
            Consent consent,
            Instant orderedAt,
            Instant expiresAt,
            Parts parts,
            Measured measured,
            int leftOut)
            implements Containment {

        Running until(Instant newEnd) {
            return new Running(request, consent, orderedAt, newEnd, parts, measured, leftOut);
        }

        Running with(Parts newParts) {
            return new Running(request, consent, orderedAt, expiresAt, newParts, measured, leftOut);
        }

        Running with(Measured newMeasured) {
            return new Running(request, consent, orderedAt, expiresAt, parts, newMeasured, leftOut);
        }

        Running without(int newLeftOut) {
            return new Running(request, consent, orderedAt, expiresAt, parts, measured, newLeftOut);
        }
    }

    /// It has ended, and enforcers are letting go.
    record Releasing(ContainmentRequested request, ContainmentReleased end, Parts parts)
            implements Containment {}

    /// It has ended, and nothing of it is left anywhere.
    record Lifted(ContainmentRequested request, ContainmentReleased end, Parts parts)
            implements Containment {}

    /// Whether a second person had to say yes, and who did.
    sealed interface Consent {
        record NotNeeded() implements Consent {}

        record Given(ResponderName by) implements Consent {}
    }

    static Decision<ContainmentEvent> decide(
            Containment state, ContainmentCommand command, Guardrails guardrails) {
        return switch (command) {
            case RequestContainment request -> Requests.decide(state, request, guardrails);
            case ApproveContainment approval -> Approvals.decide(state, approval, guardrails);
            case DeclineContainment no -> Approvals.decide(state, no, guardrails);
            case LapseApproval lapse -> Approvals.decide(state, lapse);
            case RecordLeftOut left -> LeftOut.decide(state, left);
            case RecordEnforcement reports -> Reports.decide(state, reports);
            case ExtendContainment extension -> Ends.decide(state, extension, guardrails);
            case ShortenContainment shortening -> Ends.decide(state, shortening, guardrails);
            case ReleaseContainment release -> Releases.decide(state, release, guardrails);
        };
    }

    static Containment evolve(Containment state, ContainmentEvent event) {
        return switch (event) {
            case ContainmentRequested request -> {
                expect(Unasked.class, state, event);
                yield new Asked(request);
            }
            case ApprovalRequired needed ->
                    new Awaiting(
                            expect(Asked.class, state, event).request(),
                            needed.plan(),
                            needed.lapsesAt());
            case ContainmentApproved yes ->
                    new Approved(expect(Awaiting.class, state, event).request(), yes.by());
            case ContainmentDeclined no ->
                    new Declined(expect(Awaiting.class, state, event).request(), no);
            case ContainmentOrdered order -> ordered(state, order);
            case MembersLeftOut left -> running(state, event).without(left.leftOut());
            case EnforcementReported reported -> reported(state, reported);
            case Contained contained ->
                    running(state, event).with(Measured.of(contained, running(state, event)));
            case ContainedExcept except ->
                    running(state, event).with(new Measured.Except(except.except()));
            case ContainmentExtended extended -> running(state, event).until(extended.expiresAt());
            case ContainmentShortened shortened ->
                    running(state, event).until(shortened.expiresAt());
            case ContainmentReleased end -> {
                var running = running(state, event);
                yield new Releasing(running.request(), end, running.parts());
            }
            case ContainmentLifted _ -> {
                var releasing = expect(Releasing.class, state, event);
                yield new Lifted(releasing.request(), releasing.end(), releasing.parts());
            }
        };
    }

    private static Containment ordered(Containment state, ContainmentOrdered order) {
        if (state instanceof Approved(var request, var by)) {
            return running(request, new Consent.Given(by), order);
        }
        var request = expect(Asked.class, state, order).request();
        return running(request, new Consent.NotNeeded(), order);
    }

    private static Running running(
            ContainmentRequested request, Consent consent, ContainmentOrdered order) {
        return new Running(
                request,
                consent,
                order.at(),
                order.expiresAt(),
                Parts.of(request.plan()),
                Measured.NOT_YET,
                0);
    }

    private static Containment reported(Containment state, EnforcementReported event) {
        return switch (state) {
            case Running running -> running.with(running.parts().with(event.reports()));
            case Releasing(var request, var end, var parts) ->
                    new Releasing(request, end, parts.with(event.reports()));
            // Something of it turned up again: it is not lifted until that is gone, too.
            case Lifted(var request, var end, var parts) ->
                    new Releasing(request, end, parts.with(event.reports()));
            case Unasked _, Asked _, Awaiting _, Approved _, Declined _ ->
                    throw impossible(state, event);
        };
    }

    private static Running running(Containment state, ContainmentEvent event) {
        return expect(Running.class, state, event);
    }

    private static <S extends Containment> S expect(
            Class<S> kind, Containment state, ContainmentEvent event) {
        if (kind.isInstance(state)) {
            return kind.cast(state);
        }
        throw impossible(state, event);
    }

    private static IllegalStateException impossible(Containment state, ContainmentEvent event) {
        return new IllegalStateException(
                "%s: %s cannot follow on %s"
                        .formatted(
                                event.stream(),
                                event.getClass().getSimpleName(),
                                state.getClass().getSimpleName()));
    }

    /// States that one decision passes through cannot be met by a command.
    static IllegalStateException halfway(Containment state) {
        return new IllegalStateException(
                "a command met " + state.getClass().getSimpleName() + ", half of a decision");
    }
}
