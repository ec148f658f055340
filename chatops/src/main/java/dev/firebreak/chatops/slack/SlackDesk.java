package dev.firebreak.chatops.slack;

import com.google.gson.JsonObject;
import dev.firebreak.chatops.Conversation;
import dev.firebreak.chatops.Reply;
import dev.firebreak.chatops.grammar.Grammar;
import dev.firebreak.chatops.grammar.Parsed;
import dev.firebreak.chatops.grammar.Request;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.Surface;
import java.util.UUID;
import java.util.function.BiConsumer;

/// Answers what people type and press, once it is known to come from Slack. Who they are is looked
/// up each time; what they may is decided behind [Conversation].
final class SlackDesk implements Desk {

    private static final Grammar GRAMMAR = Grammar.forSlack();
    private static final Reason BY_BUTTON = new Reason("by the button in Slack");

    private final SlackIdentities identities;
    private final Conversation conversation;
    private final Tickets tickets;
    private final ReplyDrawing drawing;
    private final BiConsumer<ContainmentId, String> cardGoesTo;

    SlackDesk(
            SlackIdentities identities,
            Conversation conversation,
            Tickets tickets,
            BiConsumer<ContainmentId, String> cardGoesTo) {
        this.identities = identities;
        this.conversation = conversation;
        this.tickets = tickets;
        this.cardGoesTo = cardGoesTo;
        drawing = new ReplyDrawing(tickets::seal);
    }

    @Override
    public JsonObject typed(String text, Call call) {
        return call.person()
                .responder(identities)
                .map(by -> drawn(understood(SlackText.normalise(text), by, call), call).privately())
                .orElseGet(() -> drawn(stranger(call.person()), call).privately());
    }

    private Reply understood(String text, Responder by, Call call) {
        return switch (GRAMMAR.parse(text)) {
            case Parsed.Misunderstood(var sentence, var usage) ->
                    Reply.refused(sentence + " Nothing was done.", "Type: " + usage);
            case Parsed.Understood(var request, _) ->
                    conversation.answer(request, origin(by, call), call.at());
        };
    }

    @Override
    public JsonObject pressed(String ticket, Call call) {
        var by = call.person().responder(identities);
        if (by.isEmpty()) {
            return drawn(stranger(call.person()), call).privately();
        }
        return tickets.open(ticket)
                .map(press -> pressed(press, by.get(), call))
                .orElseGet(() -> drawn(notOurs(), call).privately());
    }

    private JsonObject pressed(Press press, Responder by, Call call) {
        var origin = origin(by, call);
        return switch (press) {
            case Press.Apply apply -> drawn(apply(apply, origin, call), call).replacing();
            case Press.Cancel() ->
                    drawn(Reply.refused("Cancelled. Nothing was done."), call).replacing();
            case Press.Approve(var id, var looked) ->
                    drawn(conversation.approve(id, looked, origin, call.at()), call).privately();
            case Press.Decline(var id) -> asked(new Request.Decline(id, BY_BUTTON), origin, call);
            case Press.Extend(var id, var longer) ->
                    asked(new Request.Extend(id, longer, BY_BUTTON), origin, call);
            case Press.Release(var id) -> asked(new Request.Release(id, BY_BUTTON), origin, call);
        };
    }

    private JsonObject asked(Request request, Origin origin, Call call) {
        return drawn(conversation.answer(request, origin, call.at()), call).privately();
    }

    private Reply apply(Press.Apply apply, Origin origin, Call call) {
        if (!apply.person().equals(call.person().toString())) {
            return Reply.refused(
                    "This plan was drawn for somebody else. Nothing was done; type it yourself.");
        }
        if (call.at().isAfter(apply.validUntil())) {
            return Reply.refused(
                    "This plan is older than %d minutes. Nothing was done; type it again."
                            .formatted(PlanCard.GOOD_FOR.toMinutes()));
        }
        cardGoesTo.accept(apply.containment(), call.channel());
        return conversation.apply(apply.offer(), origin, call.at());
    }

    private Drawn drawn(Reply reply, Call call) {
        return drawing.draw(reply, call.person().toString(), call.at());
    }

    private static Origin origin(Responder by, Call call) {
        return new Origin(by, Surface.SLACK, UUID.randomUUID(), call.key());
    }

    private static Reply stranger(SlackPerson person) {
        return person.isGuest()
                ? Reply.refused(
                        "You are a guest from another workspace, and Firebreak takes nothing from guests."
                                + " Nothing was done.",
                        "Ask a responder of this workspace to type it.")
                : Reply.refused(
                        "Firebreak does not know you here yet. Nothing was done.",
                        "Ask an administrator to link you, on a terminal: firebreak responders link"
                                + " YOUR-NAME --slack %s".formatted(person));
    }

    private static Reply notOurs() {
        return Reply.refused(
                "This button is from another time and no longer works. Nothing was done.",
                "Type status to see what is contained now.");
    }
}
