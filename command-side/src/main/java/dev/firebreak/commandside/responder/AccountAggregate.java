package dev.firebreak.commandside.responder;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.responder.ResponderCommand.ChangeRole;
import dev.firebreak.commandside.responder.ResponderCommand.DismissResponder;
import dev.firebreak.commandside.responder.ResponderCommand.EnlistResponder;
import dev.firebreak.commandside.responder.ResponderCommand.IssueToken;
import dev.firebreak.commandside.responder.ResponderCommand.LinkSlackUser;
import dev.firebreak.commandside.responder.ResponderCommand.RevokeToken;
import dev.firebreak.commandside.responder.ResponderCommand.UnlinkSlackUser;
import dev.firebreak.commandside.shell.Handled;
import dev.firebreak.eventlog.event.responder.ResponderEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/// Lends an [Account] to Axon.
@AggregateRoot(type = "responder")
final class AccountAggregate {

    @AggregateIdentifier
    @SuppressWarnings("UnusedVariable") // Axon reads it.
    private String stream;

    private Account state = Account.NOBODY;

    /// For Axon, which then plays what happened.
    AccountAggregate() {
        this("");
    }

    AccountAggregate(String stream) {
        this.stream = stream;
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(EnlistResponder command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(ChangeRole command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(DismissResponder command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(LinkSlackUser command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(UnlinkSlackUser command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(IssueToken command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    Handled handle(RevokeToken command, Guardrails guardrails) {
        return decide(command, guardrails);
    }

    private Handled decide(ResponderCommand command, Guardrails guardrails) {
        return Handled.append(Account.decide(state, command, guardrails));
    }

    @EventSourcingHandler
    void on(ResponderEvent event) {
        stream = event.stream();
        state = Account.evolve(state, event);
    }
}
