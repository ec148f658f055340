package dev.firebreak.chatops.slack;

import static dev.firebreak.chatops.Situation.ASK;
import static dev.firebreak.chatops.Situation.ID;
import static dev.firebreak.chatops.Situation.NOW;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import dev.firebreak.chatops.ContainmentReading;
import dev.firebreak.chatops.ContainmentReading.State;
import dev.firebreak.chatops.Reply;
import dev.firebreak.chatops.Reply.Card;
import dev.firebreak.chatops.Reply.Offer;
import dev.firebreak.chatops.Reply.Tone;
import dev.firebreak.chatops.Situation;
import dev.firebreak.chatops.grammar.Request;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Neighbour;
import dev.firebreak.eventlog.term.Reach;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Ttl;
import dev.firebreak.eventlog.term.WorkloadName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Cards against files that a person has read; what is drawn now lies in `target/cards`.
class CardTest {

    private static final Path DRAWN = Path.of("target", "cards");

    private Optional<ContainmentReading> standing = Optional.empty();
    private final Situation situation = new Situation();

    @ParameterizedTest
    @EnumSource(
            value = State.class,
            names = {"AWAITING_APPROVAL", "CONTAINED", "ENDED"})
    void a_deny_card_looks_as_it_was_read(State state) throws IOException {
        var card = new DenyCard(CardTest::named).draw(situation.reading(state));

        assertLooksLike("deny-" + state.name().toLowerCase(Locale.ROOT).replace('_', '-'), card);
    }

    @Test
    void a_plan_card_looks_as_it_was_read() throws IOException {
        situation.secondPerson = Optional.of("it touches 9 of 12 workloads");

        assertLooksLike("plan", plan());
    }

    @Test
    void a_plan_that_touches_what_is_protected_has_no_buttons() throws IOException {
        situation.protectedBy = List.of("workload/kube-system/dns");

        assertLooksLike("plan-protected", plan());
    }

    @Test
    void a_plan_card_names_who_is_cut_without_being_asked_for() {
        situation.reach =
                new Reach(
                        2,
                        12,
                        List.of("payments/checkout", "payments/side"),
                        List.of(),
                        List.of(
                                new Neighbour(
                                        WorkloadName.parse("payments/side"),
                                        "it shares a cgroup on web-1 with payments/checkout")));

        assertThat(plan().json().toString())
                .contains(
                        "• also cuts payments/side, because it shares a cgroup on web-1 with"
                                + " payments/checkout");
    }

    @Test
    void a_plan_card_says_who_would_hold_nothing_now() {
        situation.hindered = Map.of(EnforcerName.parse("host/web-1"), "it is not heard at present");

        assertThat(plan().json().toString())
                .contains("on host/web-1: ", "; but it is not heard at present");

        situation.laws = Map.of(EnforcerName.parse("host/web-1"), "not for 10.0.0.53");
        assertThat(plan().json().toString())
                .contains("; but it is not heard at present; but not for 10.0.0.53");
    }

    @Test
    void a_running_containment_can_be_extended_and_released_and_an_ended_one_not() {
        for (var state : State.values()) {
            var text =
                    new DenyCard(CardTest::named).draw(situation.reading(state)).json().toString();
            assertThat(text.contains("\"Release\"")).as("%s", state).isEqualTo(state.isInForce());
            assertThat(text.contains("\"Approve\""))
                    .as("%s", state)
                    .isEqualTo(state == State.AWAITING_APPROVAL);
        }
    }

    @Test
    void a_plan_card_says_that_the_same_was_asked_for_and_how_it_stands() {
        standing = Optional.of(situation.reading(State.CONTAINED));

        assertThat(plan().json().toString())
                .contains("This was asked for already: ", "`extend " + ID + " 30m`");
    }

    private Drawn plan() {
        var plan = situation.plan(ASK);
        var contain =
                new Request.Contain(
                        ASK, Ttl.ofMinutes(30), new Reason("it's <!here> & bad"), IncidentId.NONE);
        var offer =
                plan.protectedBy().isEmpty()
                        ? Optional.of(new Offer(contain, plan.hash()))
                        : Optional.<Offer>empty();
        var card =
                new Card.OfPlan(
                        ID,
                        plan,
                        situation.laws,
                        situation.hindered,
                        offer,
                        situation.secondPerson,
                        standing);
        var reply =
                new Reply(
                        Tone.SHOWN,
                        List.of("Nothing is cut yet. This is what it comes to:"),
                        List.of(card));
        return new ReplyDrawing(CardTest::named).draw(reply, "T1/U1", NOW);
    }

    private static Optional<String> named(Press press) {
        return Optional.of("sealed " + press.getClass().getSimpleName());
    }

    private static void assertLooksLike(String name, Drawn drawn) throws IOException {
        var json = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        var actual = json.toJson(drawn.json());
        Files.createDirectories(DRAWN);
        Files.writeString(DRAWN.resolve(name + ".json"), actual);
        assertThat(JsonParser.parseString(actual)).isEqualTo(golden(name));
    }

    private static JsonElement golden(String name) throws IOException {
        try (var file = CardTest.class.getResourceAsStream(name + ".json")) {
            assertThat(file).as(name).isNotNull();
            return JsonParser.parseString(new String(file.readAllBytes(), UTF_8));
        }
    }
}
