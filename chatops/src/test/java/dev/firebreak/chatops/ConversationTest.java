package dev.firebreak.chatops;

import static dev.firebreak.chatops.Situation.ANN;
import static dev.firebreak.chatops.Situation.ASK;
import static dev.firebreak.chatops.Situation.ID;
import static dev.firebreak.chatops.Situation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.chatops.ContainmentReading.State;
import dev.firebreak.chatops.Reply.Card;
import dev.firebreak.chatops.Reply.Offer;
import dev.firebreak.chatops.Reply.Tone;
import dev.firebreak.chatops.grammar.Request;
import dev.firebreak.commandside.command.LogUnavailable;
import dev.firebreak.commandside.command.Origin;
import dev.firebreak.commandside.command.Outcome;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.containment.ContainmentCommand.ApproveContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ExtendContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.ReleaseContainment;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.commandside.deployment.DeploymentCommand.RetireWorkload;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Surface;
import dev.firebreak.eventlog.term.Ttl;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConversationTest {

    private static final Origin ORIGIN =
            new Origin(ANN, Surface.SLACK, new UUID(0, 1), "slack:trigger");
    private static final Reason REASON = new Reason("beaconing");
    private static final Request.Contain CONTAIN =
            new Request.Contain(ASK, Ttl.ofMinutes(30), REASON, IncidentId.NONE);

    private final Situation situation = new Situation();

    @Test
    void a_contain_shows_its_plan_and_sends_nothing() {
        var reply = answer(CONTAIN);

        assertThat(situation.sent).isEmpty();
        assertThat(reply.sentences())
                .containsExactly("Nothing is cut yet. This is what it comes to:");
        assertThat(plan(reply).containment()).isEqualTo(ID);
        assertThat(plan(reply).apply()).contains(new Offer(CONTAIN, situation.plan(ASK).hash()));
    }

    @Test
    void a_plan_names_who_would_hold_nothing_and_takes_nobody_to_be_heard_unseen() {
        var host = EnforcerName.parse("host/web-1");
        situation.hindered = Map.of(host, "it is not heard at present");
        assertThat(plan(answer(CONTAIN)).hindered())
                .containsOnly(Map.entry(host, "it is not heard at present"));

        situation.viewsAway = true;

        assertThat(plan(answer(CONTAIN)).hindered())
                .containsOnly(Map.entry(host, "whether it is heard cannot be seen right now"));
    }

    @Test
    void what_is_protected_is_shown_and_not_offered() {
        situation.protectedBy = List.of("workload/kube-system/dns");

        assertThat(plan(answer(CONTAIN)).apply()).isEmpty();
    }

    @Test
    void a_plan_tells_that_a_second_person_is_needed() {
        situation.secondPerson = Optional.of("it touches 9 of 12 workloads");

        assertThat(plan(answer(CONTAIN)).secondPerson()).contains("it touches 9 of 12 workloads");
    }

    @Test
    void applying_what_was_looked_at_orders_it_under_the_requests_own_key() {
        situation.isNow(State.PUSHING);

        var reply = apply(new Offer(CONTAIN, situation.plan(ASK).hash()));

        assertThat(reply.tone()).isEqualTo(Tone.DONE);
        assertThat(reply.sentences().getFirst())
                .isEqualTo(
                        "Received as %s: on its way to the enforcers. There is no need to ask again."
                                .formatted(ID));
        assertThat(situation.sent)
                .containsExactly(
                        new Situation.Sent(
                                new RequestContainment(
                                        ID,
                                        situation.plan(ASK),
                                        Ttl.ofMinutes(30),
                                        REASON,
                                        IncidentId.NONE,
                                        ANN,
                                        NOW),
                                ORIGIN));
    }

    @Test
    void what_waits_and_what_has_ended_is_not_counted_as_running() {
        var states =
                List.of(
                        State.CONTAINED,
                        State.UNKNOWN,
                        State.RELEASING,
                        State.RELEASING,
                        State.AWAITING_APPROVAL);
        states.forEach(state ->
                situation.readings.put(
                        new ContainmentId("C-000000" + situation.readings.size()),
                        situation.reading(state)));

        assertThat(answer(new Request.ShowActive()).sentences().getFirst())
                .isEqualTo(
                        "2 running, 1 waiting for a second person, 2 ended and not read back as"
                                + " gone.");
    }

    @Test
    void a_plan_that_moved_since_it_was_looked_at_is_not_applied() {
        var looked = situation.plan(ASK).hash();
        situation.reach = new Reach(3, 12, List.of(), List.of());

        var reply = apply(new Offer(CONTAIN, looked));

        assertThat(situation.sent).isEmpty();
        assertThat(reply.tone()).isEqualTo(Tone.REFUSED);
        assertThat(plan(reply).apply()).contains(new Offer(CONTAIN, situation.plan(ASK).hash()));
    }

    @Test
    void one_that_waits_for_approval_says_that_nothing_is_cut() {
        situation.isNow(State.AWAITING_APPROVAL);

        assertThat(apply(new Offer(CONTAIN, situation.plan(ASK).hash())).sentences().getFirst())
                .isEqualTo(
                        "Received as %s. It waits for a second person, because it touches 9 of 12 workloads; nothing is cut until then."
                                .formatted(ID));
    }

    @Test
    void a_refusal_says_what_and_that_the_network_is_as_it_was() {
        situation.outcome =
                new Outcome.Refused(RefusalCode.TTL_TOO_LONG, "24h is the longest. Ask for less.");

        var reply = apply(new Offer(CONTAIN, situation.plan(ASK).hash()));

        assertThat(reply.tone()).isEqualTo(Tone.REFUSED);
        assertThat(reply.sentences())
                .containsExactly(
                        "24h is the longest. Ask for less.", "Nothing has changed on the network.");
    }

    @Test
    void a_log_that_is_away_is_told_with_what_is_certain_and_the_next_step() {
        var offer = new Offer(CONTAIN, situation.plan(ASK).hash());

        situation.beforeAnswer = () -> logIsAway(true);
        assertThat(apply(offer).sentences().getFirst()).contains("nothing was decided");
        assertThat(apply(offer).tone()).isEqualTo(Tone.FAILED);

        situation.beforeAnswer = () -> logIsAway(false);
        assertThat(apply(offer).sentences().getFirst()).contains("not known whether");
    }

    private static void logIsAway(boolean nothingDecided) {
        throw new LogUnavailable("away", nothingDecided, new IllegalStateException());
    }

    @Test
    void an_extension_and_a_release_go_to_the_command_side() {
        situation.isNow(State.CONTAINED);

        answer(new Request.Extend(ID, Ttl.ofMinutes(5), REASON));
        answer(new Request.Release(ID, REASON));

        assertThat(situation.sent)
                .extracting(Situation.Sent::command)
                .containsExactly(
                        new ExtendContainment(ID, Ttl.ofMinutes(5), REASON, ANN, NOW),
                        new ReleaseContainment(ID, ReleaseCause.PERSON, "beaconing", ANN, NOW));
    }

    @Test
    void an_approval_is_bound_to_the_plan_that_stands() {
        situation.isNow(State.AWAITING_APPROVAL);

        answer(new Request.Approve(ID));

        assertThat(situation.sent.getFirst().command())
                .isEqualTo(new ApproveContainment(ID, situation.plan(ASK).hash(), ANN, NOW));
    }

    @Test
    void a_refused_button_shows_how_it_stands_now() {
        situation.isNow(State.ENDED);
        situation.outcome = new Outcome.Refused(RefusalCode.ALREADY_ENDED, "It has ended.");

        var reply = answer(new Request.Release(ID, REASON));

        assertThat(reply.cards())
                .containsExactly(new Card.OfContainment(situation.reading(State.ENDED)));
    }

    @Test
    void an_unknown_containment_is_said_to_be_unknown() {
        assertThat(answer(new Request.ShowContainment(ID)).sentences().getFirst())
                .isEqualTo(
                        "No containment has the id %s. A plan is not kept until it is applied."
                                .formatted(ID));
        assertThat(answer(new Request.Approve(ID)).tone()).isEqualTo(Tone.REFUSED);
        assertThat(situation.sent).isEmpty();
    }

    @Test
    void nothing_typed_shows_what_runs_and_whether_automation_is_frozen() {
        situation.frozen = Optional.of("runaway webhook");
        assertThat(answer(new Request.ShowActive()).sentences())
                .containsExactly(
                        "Nothing is contained now, and nothing waits. Automation is frozen: runaway webhook.");

        situation.isNow(State.CONTAINED);
        assertThat(answer(new Request.ShowActive()).cards()).hasSize(1);
    }

    @Test
    void who_one_is_and_what_one_may_is_told() {
        assertThat(answer(new Request.WhoAmI()).sentences())
                .containsExactly("You are ann, with the role responder.");
    }

    @Test
    void what_belongs_on_a_terminal_is_not_done_here() {
        var reply = answer(new Request.IssueToken(ANN.name(), 30));

        assertThat(reply.sentences().getFirst()).startsWith("That works from a terminal");
        assertThat(situation.sent).isEmpty();
    }

    @Test
    void a_workload_can_be_retired_from_here() {
        answer(new Request.Retire(new WorkloadName("a", "b"), REASON));

        assertThat(situation.sent.getFirst().command())
                .isEqualTo(new RetireWorkload(new WorkloadName("a", "b"), REASON, ANN, NOW));
    }

    private Reply answer(Request request) {
        return situation.conversation().answer(request, ORIGIN, NOW);
    }

    private Reply apply(Offer offer) {
        return situation.conversation().apply(offer, ORIGIN, NOW);
    }

    private static Card.OfPlan plan(Reply reply) {
        return (Card.OfPlan) reply.cards().getFirst();
    }
}
