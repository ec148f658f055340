package dev.firebreak.segmentation;

import static dev.firebreak.segmentation.Story.ANN;
import static dev.firebreak.segmentation.Story.NOON;
import static dev.firebreak.segmentation.Story.at;
import static dev.firebreak.segmentation.Story.cut;
import static dev.firebreak.segmentation.Story.cutOn;
import static dev.firebreak.segmentation.Story.host;
import static dev.firebreak.segmentation.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Protocol;
import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.segmentation.Flow.End;
import dev.firebreak.segmentation.Judgement.Step;
import dev.firebreak.segmentation.Judgement.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluatorTest {
    private static final End CART = workload("shop/cart");
    private static final End DB = workload("data/db");
    private static final End OUTSIDE = address("203.0.113.9");

    private final Story story =
            new Story()
                    .enrolled("web-1", "web-2")
                    .deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"), at("10.0.0.1"))
                    .deployed("data/db", "prod", "", on("web-2", "/data/db"), at("10.0.0.5"));

    @Test
    void what_nothing_cuts_is_allowed() {
        assertThat(judge(CART, DB, 5432)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void a_quarantine_cuts_both_directions() {
        story.contained(cut("shop/cart"));

        assertThat(judge(CART, OUTSIDE, 443)).isEqualTo(Verdict.DENIED);
        assertThat(judge(OUTSIDE, CART, 443)).isEqualTo(Verdict.DENIED);
        assertThat(judge(DB, OUTSIDE, 443)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void it_is_cut_at_the_end_it_comes_to_as_well() {
        story.contained(cut("data/db", "shop/cart", Direction.INGRESS, "5432/tcp"));

        assertThat(judge(CART, DB, 5432)).isEqualTo(Verdict.DENIED);
        assertThat(judge(DB, CART, 5432)).isEqualTo(Verdict.ALLOWED);
        assertThat(judge(CART, DB, 5433)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void an_address_of_a_known_workload_is_judged_as_it() {
        story.contained(cut("data/db"));

        assertThat(judge(OUTSIDE, address("10.0.0.5"), 5432)).isEqualTo(Verdict.DENIED);
    }

    @ParameterizedTest
    @CsvSource({"EGRESS,ALLOWED,DENIED", "INGRESS,DENIED,ALLOWED", "BOTH,DENIED,DENIED"})
    void a_blocks_direction_is_seen_from_the_block(
            Direction direction, Verdict towards, Verdict from) {
        story.contained(cut("cidr/203.0.113.0/24", "everyone", direction, "all"));

        assertThat(judge(new End.OfHost(new HostName("web-1")), OUTSIDE, 443)).isEqualTo(towards);
        assertThat(judge(OUTSIDE, CART, 443)).isEqualTo(from);
    }

    @Test
    void a_cut_at_one_of_two_places_is_a_cut_in_part() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/a"), on("web-2", "/b"));
        story.contained(cutOn("shop/cart", "web-2"));

        assertThat(judge(CART, OUTSIDE, 443)).isEqualTo(Verdict.DENIED_IN_PART);
    }

    @Test
    void a_gap_is_not_called_denied() {
        story.deployed("shop/cart", "prod", "", on("web-9", "/a"));
        story.contained(cut("shop/cart"));

        assertThat(judge(CART, OUTSIDE, 443)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void after_its_end_nothing_is_cut() {
        story.contained(cut("shop/cart"), NOON);

        assertThat(judge(CART, OUTSIDE, 443)).isEqualTo(Verdict.ALLOWED);
    }

    @Test
    void the_path_names_the_deny_and_the_event_that_put_it_there() {
        var id = story.contained(cut("shop/cart", "cidr/203.0.113.0/24"));

        var path = Evaluator.judge(story.estate, flow(CART, OUTSIDE, 443), NOON).path();

        assertThat(path)
                .containsExactly(
                        new Step(
                                id,
                                host("web-1"),
                                Direction.EGRESS,
                                true,
                                "the other end is among its peers",
                                story.estate.position(),
                                ANN,
                                NOON.plusSeconds(1_800)));
    }

    private Verdict judge(End from, End to, int port) {
        return Evaluator.judge(story.estate, flow(from, to, port), NOON).verdict();
    }

    private static Flow flow(End from, End to, int port) {
        return new Flow(from, to, Protocol.TCP, port);
    }

    private static End workload(String name) {
        return new End.OfWorkload(WorkloadName.parse(name));
    }

    private static End address(String text) {
        return new End.OfAddress(CidrBlock.parse(text));
    }
}
