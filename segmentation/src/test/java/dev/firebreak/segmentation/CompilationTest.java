package dev.firebreak.segmentation;

import static dev.firebreak.segmentation.Story.NOON;
import static dev.firebreak.segmentation.Story.at;
import static dev.firebreak.segmentation.Story.cut;
import static dev.firebreak.segmentation.Story.cutOn;
import static dev.firebreak.segmentation.Story.host;
import static dev.firebreak.segmentation.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentExtended;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.term.CgroupPath;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.Direction;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompilationTest {

    private final Story story = new Story().enrolled("web-1", "web-2");

    @Test
    void an_ordered_containment_is_desired_where_its_workload_runs() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"));

        var id = story.contained(cut("shop/cart", "cidr/203.0.113.0/24"));

        var deny = story.desired("web-1").deny(id).orElseThrow();
        assertThat(deny.subjects()).containsExactly(cgroup("/shop/cart"));
        assertThat(deny.peers()).containsExactly(CidrBlock.parse("203.0.113.0/24"));
        assertThat(deny.expiresAt()).isEqualTo(NOON.plusSeconds(1_800));
        assertThat(story.desired("web-2").denies()).isEmpty();
    }

    @Test
    void what_is_only_requested_is_not_desired() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"));

        story.requested(cut("shop/cart"));

        assertThat(story.desired("web-1").denies()).isEmpty();
        assertThat(story.desired("web-1").generation()).isZero();
    }

    @Test
    void it_is_desired_up_to_its_end_and_not_at_it() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"));
        var end = NOON.plusSeconds(60);

        story.contained(cut("shop/cart"), end);

        assertThat(Compilation.desired(story.estate, host("web-1"), end.minusNanos(1)).denies())
                .hasSize(1);
        assertThat(Compilation.desired(story.estate, host("web-1"), end).denies()).isEmpty();
    }

    @Test
    void a_workload_deployed_later_into_a_contained_label_joins() {
        var id = story.contained(cut("label/tier=front"));

        story.deployed("shop/cart", "prod", "tier=front", on("web-2", "/shop/cart"));

        assertThat(story.desired("web-2").deny(id).orElseThrow().subjects())
                .containsExactly(cgroup("/shop/cart"));
        assertThat(story.desired("web-2").generation()).isEqualTo(story.estate.position());
    }

    /// It was in no plan that anybody was shown.
    @Test
    void what_is_protected_joins_no_containment_under_any_name() {
        var shielded = new Story("workload/infra/dns").enrolled("web-1");
        var id = shielded.contained(cut("label/tier=front"));

        shielded.deployed("infra/dns", "prod", "tier=front", on("web-1", "/infra/dns"))
                .deployed("evil/twin", "prod", "tier=front", on("web-1", "/infra/dns"))
                .deployed("shop/cart", "prod", "tier=front", on("web-1", "/shop/cart"));

        assertThat(shielded.desired("web-1").deny(id).orElseThrow().subjects())
                .containsExactly(cgroup("/shop/cart"));
    }

    @Test
    void a_workload_that_is_said_to_move_is_followed_and_stays_cut_where_it_was() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"));
        story.contained(cut("shop/cart"));

        story.deployed("shop/cart", "prod", "", on("web-2", "/shop/cart"));

        assertThat(story.desired("web-1").denies()).hasSize(1);
        assertThat(story.desired("web-2").denies()).hasSize(1);
        assertThat(story.desired("web-2").generation()).isEqualTo(story.estate.position());
    }

    @Test
    void nobody_gets_out_by_being_relabelled_or_retired() {
        story.deployed("shop/cart", "prod", "tier=front", on("web-1", "/shop/cart"))
                .deployed("shop/till", "prod", "tier=front", on("web-1", "/shop/till"));
        var id = story.contained(cut("label/tier=front"));

        story.deployed("shop/cart", "prod", "tier=back", on("web-1", "/shop/cart"))
                .retired("shop/till");

        assertThat(story.desired("web-1").deny(id).orElseThrow().subjects())
                .containsExactly(cgroup("/shop/cart"), cgroup("/shop/till"));
    }

    @Test
    void who_says_that_it_is_gone_is_told_what_goes_on_cutting_it() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"));
        var id = story.contained(cut("shop/cart"));

        story.retired("shop/cart");

        assertThat(story.estate.cutting(WorkloadName.parse("shop/cart"), NOON))
                .extracting(KnownContainment::id)
                .containsExactly(id);
        assertThat(story.estate.cutting(WorkloadName.parse("shop/till"), NOON)).isEmpty();
        story.released(id);
        assertThat(story.estate.cutting(WorkloadName.parse("shop/cart"), NOON)).isEmpty();
    }

    @Test
    void nobody_gets_out_by_moving_and_being_relabelled_at_once() {
        story.deployed("shop/cart", "prod", "tier=front", on("web-1", "/shop/cart"));
        var id = story.contained(cut("label/tier=front"));

        story.deployed("shop/cart", "prod", "tier=none", on("web-2", "/elsewhere"));

        assertThat(story.desired("web-1").deny(id).orElseThrow().subjects())
                .containsExactly(cgroup("/shop/cart"));
        assertThat(story.desired("web-2").deny(id).orElseThrow().subjects())
                .containsExactly(cgroup("/elsewhere"));
    }

    @Test
    void nobody_gets_out_while_a_second_person_thinks_about_it() {
        story.deployed("shop/cart", "prod", "tier=front", on("web-1", "/shop/cart"));
        var id = story.requested(cut("label/tier=front"));

        story.deployed("shop/cart", "prod", "tier=none", on("web-2", "/elsewhere"))
                .happens(new ContainmentOrdered(id, NOON.plusSeconds(600), 1, NOON));

        assertThat(story.desired("web-2").deny(id).orElseThrow().subjects())
                .containsExactly(cgroup("/elsewhere"));
    }

    @Test
    void nobody_gets_out_by_the_word_that_something_protected_runs_there() {
        var shielded = new Story("workload/infra/dns").enrolled("web-1");
        shielded.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"));
        var id = shielded.contained(cut("shop/cart"));

        shielded.deployed("infra/dns", "prod", "", on("web-1", "/shop/cart"))
                .deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"));

        assertThat(shielded.desired("web-1").deny(id).orElseThrow().subjects())
                .containsExactly(cgroup("/shop/cart"));
    }

    @Test
    void who_joined_later_is_freed_when_it_leaves() {
        story.deployed("shop/cart", "prod", "tier=front", on("web-1", "/shop/cart"));
        var id = story.contained(cut("label/tier=front"));

        story.deployed("shop/till", "prod", "tier=front", on("web-1", "/shop/till"))
                .retired("shop/till");

        assertThat(story.desired("web-1").deny(id).orElseThrow().subjects())
                .containsExactly(cgroup("/shop/cart"));
    }

    @Test
    void a_peer_that_gets_another_address_is_followed_and_stays_cut_at_the_old_one() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"))
                .deployed("data/db", "prod", "", at("10.0.0.5"));
        var id = story.contained(cut("shop/cart", "data/db"));

        story.deployed("data/db", "prod", "", at("10.0.0.6"));

        assertThat(story.desired("web-1").deny(id).orElseThrow().peers())
                .containsExactly(CidrBlock.parse("10.0.0.5"), CidrBlock.parse("10.0.0.6"));
        assertThat(story.desired("web-1").generation()).isEqualTo(story.estate.position());
    }

    @Test
    void a_peer_that_is_retired_never_turns_into_everyone() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"))
                .deployed("data/db", "prod", "", at("10.0.0.5"));
        var id = story.contained(cut("shop/cart", "data/db"));

        story.retired("data/db");

        assertThat(story.desired("web-1").deny(id).orElseThrow().peers())
                .containsExactly(CidrBlock.parse("10.0.0.5"));
    }

    @Test
    void a_release_frees_exactly_what_it_held() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"));
        var first = story.contained(cut("shop/cart", "cidr/203.0.113.0/24"));
        var second = story.contained(cut("shop/cart"));

        story.released(first);

        assertThat(story.desired("web-1").denies()).containsOnlyKeys(second);
        assertThat(story.estate.enforcersHolding(first)).isEmpty();
    }

    @Test
    void an_extension_moves_the_generation_only_where_it_is_held() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"));
        var id = story.contained(cut("shop/cart"));
        var later = NOON.plusSeconds(9_000);

        story.happens(new ContainmentExtended(id, later, new Reason("not done"), Story.ANN, NOON));

        assertThat(story.desired("web-1").generation()).isEqualTo(story.estate.position());
        assertThat(story.desired("web-1").deny(id).orElseThrow().expiresAt()).isEqualTo(later);
        assertThat(story.desired("web-2").generation()).isZero();
    }

    @Test
    void an_event_that_changes_nothing_leaves_the_generation_alone() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"));
        story.contained(cut("shop/cart"));
        var before = story.desired("web-1").generation();

        story.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"))
                .deployed("shop/other", "prod", "", on("web-1", "/shop/other"));

        assertThat(story.desired("web-1").generation()).isEqualTo(before);
    }

    @Test
    void an_agent_enrolled_later_is_given_what_it_is_to_hold() {
        story.deployed("shop/cart", "prod", "", on("web-3", "/shop/cart"));
        story.contained(cut("shop/cart"));

        story.enrolled("web-3");

        assertThat(story.desired("web-3").denies()).hasSize(1);
    }

    @Test
    void a_revoked_agent_is_given_nothing() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/shop/cart"));
        story.contained(cut("shop/cart"));

        story.revoked("web-1");

        assertThat(story.desired("web-1").denies()).isEmpty();
    }

    @Test
    void a_block_of_addresses_is_cut_on_every_host_seen_from_the_host() {
        story.contained(cut("cidr/203.0.113.0/24", "everyone", Direction.EGRESS, "443/tcp"));

        for (var name : List.of("web-1", "web-2")) {
            var deny = story.desired(name).denies().values().iterator().next();
            assertThat(deny.subjects()).containsExactly(new Subject.WholeHost());
            assertThat(deny.peers()).containsExactly(CidrBlock.parse("203.0.113.0/24"));
            assertThat(deny.direction()).isEqualTo(Direction.INGRESS);
        }
    }

    @Test
    void only_the_named_enforcers_are_asked() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/a"), on("web-2", "/b"));

        story.contained(cutOn("shop/cart", "web-2"));

        assertThat(story.desired("web-1").denies()).isEmpty();
        assertThat(story.desired("web-2").denies()).hasSize(1);
    }

    private static Subject cgroup(String path) {
        return new Subject.Cgroup(new CgroupPath(path));
    }
}
