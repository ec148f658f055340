package dev.firebreak.chatops.slack;

import static dev.firebreak.chatops.Situation.ASK;
import static dev.firebreak.chatops.Situation.ID;
import static dev.firebreak.chatops.Situation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.chatops.Reply.Offer;
import dev.firebreak.chatops.Situation;
import dev.firebreak.chatops.grammar.Request;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Ttl;
import java.util.List;
import org.junit.jupiter.api.Test;

class TicketsTest {

    private final Tickets tickets = new Tickets(List.of(new Secret("secret")));

    @Test
    void every_button_reads_back_what_it_was_made_for() {
        var hash = new Situation().plan(ASK).hash();
        var offer =
                new Offer(
                        new Request.Contain(
                                ASK,
                                Ttl.ofMinutes(30),
                                new Reason("it's \"bad\" --ttl 5h"),
                                new IncidentId("Q1")),
                        hash);
        for (var press :
                List.of(
                        new Press.Apply(ID, offer, "T1/U1", NOW),
                        new Press.Cancel(),
                        new Press.Approve(ID, hash),
                        new Press.Decline(ID),
                        new Press.Extend(ID, Ttl.ofMinutes(30)),
                        new Press.Release(ID))) {
            assertThat(tickets.open(tickets.seal(press).orElseThrow())).contains(press);
        }
    }

    @Test
    void a_ticket_shows_nothing_and_differs_each_time() {
        var one = tickets.seal(new Press.Release(ID)).orElseThrow();

        assertThat(one).doesNotContain(ID.value()).matches("[-_A-Za-z0-9]+");
        assertThat(tickets.seal(new Press.Release(ID))).isPresent().isNotEqualTo(one);
    }

    @Test
    void a_changed_ticket_opens_nothing() {
        var ticket = tickets.seal(new Press.Release(ID)).orElseThrow();
        for (var i = 0; i < ticket.length() - 1; i++) {
            var letter = ticket.charAt(i) == 'A' ? 'B' : 'A';
            var changed = ticket.substring(0, i) + letter + ticket.substring(i + 1);
            assertThat(tickets.open(changed)).as("letter %d", i).isEmpty();
        }
    }

    @Test
    void what_was_never_a_ticket_opens_nothing() {
        for (var text : List.of("", "release", "A", "????", "A".repeat(3_000), "A".repeat(100))) {
            assertThat(tickets.open(text)).as(text).isEmpty();
        }
    }

    @Test
    void tickets_outlive_a_rotation_and_not_a_second_one() {
        var ticket = tickets.seal(new Press.Release(ID)).orElseThrow();

        assertThat(new Tickets(List.of(new Secret("new"), new Secret("secret"))).open(ticket))
                .contains(new Press.Release(ID));
        assertThat(new Tickets(List.of(new Secret("newer"), new Secret("new"))).open(ticket))
                .isEmpty();
    }

    @Test
    void a_reason_of_the_longest_kind_fits_on_a_button() {
        var noise = new StringBuilder();
        for (var i = 0; noise.length() < Reason.MAX_LENGTH; i++) {
            noise.append(Integer.toString(i * 7919, 36));
        }
        var reason = new Reason(noise.substring(0, Reason.MAX_LENGTH));
        var contain = new Request.Contain(ASK, Ttl.ofMinutes(30), reason, IncidentId.NONE);
        var offer = new Offer(contain, new Situation().plan(ASK).hash());

        assertThat(tickets.seal(new Press.Apply(ID, offer, "T1/U1", NOW))).isPresent();
    }
}
