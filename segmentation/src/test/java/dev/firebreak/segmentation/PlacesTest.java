package dev.firebreak.segmentation;

import static dev.firebreak.segmentation.Story.NOON;
import static dev.firebreak.segmentation.Story.cut;
import static dev.firebreak.segmentation.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.term.CgroupPath;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Neighbour;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Subject;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacesTest {
    private static final Instant END = NOON.plusSeconds(1_800);
    private Story story = new Story().enrolled("web-1", "web-2");

    @Test
    void a_member_that_moves_above_others_does_not_take_them_along() {
        others(30);
        member("shop/front", on("web-1", "/front"));
        var id = story.contained(cut("label/app=shop"), END, 5);

        member("shop/front", on("web-1", "/other"));

        assertThat(cutOn(id, "web-1")).containsExactly("/front");
        assertThat(present(id).leftOut()).isEqualTo(1);
        assertThat(present(id).names()).containsExactly(WorkloadName.parse("shop/front"));
        assertThat(present(id).reach().members()).isEqualTo(1);
    }

    @Test
    void a_member_may_move_to_where_there_is_room_for_everybody() {
        others(4);
        member("shop/front", on("web-1", "/front"));
        var id = story.contained(cut("label/app=shop"), END, 5);

        member("shop/front", on("web-1", "/other"));

        assertThat(cutOn(id, "web-1")).containsExactly("/front", "/other");
        assertThat(present(id).leftOut()).isZero();
        assertThat(present(id).reach().members()).isEqualTo(5);
        assertThat(present(id).reach().neighbours()).hasSize(4);
    }

    @Test
    void of_more_placements_those_are_cut_for_which_there_is_room() {
        others(30);
        member("shop/front", on("web-1", "/front"));
        var id = story.contained(cut("label/app=shop"), END, 5);

        member("shop/front", on("web-1", "/other"), on("web-2", "/front"));

        assertThat(cutOn(id, "web-1")).containsExactly("/front");
        assertThat(cutOn(id, "web-2")).containsExactly("/front");
        assertThat(present(id).names()).containsExactly(WorkloadName.parse("shop/front"));
    }

    @Test
    void one_that_takes_too_many_along_does_not_keep_out_those_behind_it() {
        others(30);
        member("shop/front", on("web-1", "/front"));
        var id = story.contained(cut("label/app=shop"), END, 5);

        member("shop/wide", on("web-1", "/other"));
        member("shop/late", on("web-1", "/late"));

        assertThat(cutOn(id, "web-1")).containsExactly("/front", "/late");
        assertThat(present(id).names()).containsExactly(WorkloadName.parse("shop/wide"));
    }

    @Test
    void when_others_go_there_is_room_for_the_one_above_them() {
        others(5);
        member("shop/front", on("web-1", "/front"));
        var id = story.contained(cut("label/app=shop"), END, 5);
        member("shop/front", on("web-1", "/other"));
        assertThat(cutOn(id, "web-1")).containsExactly("/front");

        story.retired("other/w3");

        assertThat(cutOn(id, "web-1")).containsExactly("/front", "/other");
        assertThat(present(id).leftOut()).isZero();
    }

    @Test
    void those_it_was_asked_for_come_before_those_who_joined_with_their_places_too() {
        others(2);
        member("shop/front", on("web-1", "/front"));
        var id = story.contained(cut("label/app=shop"), END, 3);
        member("shop/late", on("web-2", "/late"));
        assertThat(cutOn(id, "web-2")).containsExactly("/late");

        member("shop/front", on("web-1", "/other"));

        assertThat(cutOn(id, "web-1")).containsExactly("/front", "/other");
        assertThat(present(id).names()).containsExactly(WorkloadName.parse("shop/late"));
    }

    @Test
    void who_comes_to_run_below_what_is_cut_is_cut_and_puts_nobody_out() {
        member("shop/a", on("web-1", "/a"));
        member("shop/b", on("web-1", "/b"));
        var id = story.contained(cut("label/app=shop"), END, 2);

        story.deployed("other/one", "prod", "", on("web-1", "/a/one"));
        member("shop/late", on("web-1", "/late"));

        assertThat(cutOn(id, "web-1")).containsExactly("/a", "/b");
        assertThat(present(id).reach().members()).isEqualTo(3);
        assertThat(present(id).reach().neighbours())
                .containsExactly(
                        new Neighbour(
                                WorkloadName.parse("other/one"),
                                "its cgroup /a/one on web-1 lies below that of shop/a"));
        assertThat(story.estate.cutting(WorkloadName.parse("other/one"), NOON)).hasSize(1);
    }

    @Test
    void what_moved_while_a_second_person_thought_about_it_is_looked_at_again() {
        others(30);
        member("shop/front", on("web-1", "/front"));
        var id = story.requested(cut("label/app=shop"));
        member("shop/front", on("web-1", "/other"));

        story.happens(new ContainmentOrdered(id, END, 5, NOON));

        assertThat(cutOn(id, "web-1")).containsExactly("/front");
        assertThat(present(id).leftOut()).isEqualTo(1);
    }

    @Test
    void a_protected_workload_does_not_get_in_below_one_that_joined() {
        story = new Story("workload/infra/dns").enrolled("web-1", "web-2");
        member("shop/front", on("web-1", "/front"));
        var id = story.contained(cut("label/app=shop"), END, 5);
        member("shop/late", on("web-1", "/late"));
        assertThat(cutOn(id, "web-1")).containsExactly("/front", "/late");

        story.deployed("infra/dns", "prod", "", on("web-1", "/late/dns"));

        assertThat(cutOn(id, "web-1")).containsExactly("/front");
        assertThat(present(id).spared()).containsExactly(WorkloadName.parse("shop/late"));

        story.retired("infra/dns");

        assertThat(cutOn(id, "web-1")).containsExactly("/front", "/late");
        assertThat(present(id).spared()).isEmpty();
    }

    @Test
    void a_protected_workload_that_comes_to_run_where_the_plan_cuts_is_named() {
        story = new Story("workload/infra/dns").enrolled("web-1", "web-2");
        member("shop/front", on("web-1", "/front"));
        var id = story.contained(cut("label/app=shop"), END, 5);
        var host = story.contained(cut("host/web-2"), END, 5);

        story.deployed("infra/dns", "prod", "", on("web-1", "/front/dns"), on("web-2", "/dns"));

        assertThat(cutOn(id, "web-1")).containsExactly("/front");
        assertThat(present(id).caught()).containsExactly(WorkloadName.parse("infra/dns"));
        assertThat(present(host).caught()).containsExactly(WorkloadName.parse("infra/dns"));
    }

    @Test
    void a_peer_that_moves_to_a_protected_address_does_not_take_the_host_away_from_it() {
        story = new Story("workload/infra/dns").enrolled("web-1");
        story.deployed("infra/dns", "prod", "", Story.at("10.0.0.53"));
        story.deployed("evil/end", "prod", "", Story.at("10.0.0.9"));
        var id = story.contained(cut("host/web-1", "evil/end"), END, 5);

        story.deployed("evil/end", "prod", "", Story.at("10.0.0.53"), Story.at("10.0.0.10"));
        assertThat(peersOn(id)).containsExactly("10.0.0.10/32", "10.0.0.9/32");

        story.deployed("infra/dns", "prod", "", Story.at("10.0.0.10"));
        assertThat(peersOn(id)).containsExactly("10.0.0.53/32", "10.0.0.9/32");
    }

    @Test
    void a_workload_is_cut_from_its_peer_wherever_that_moves() {
        story = new Story("workload/infra/dns").enrolled("web-1");
        story.deployed("infra/dns", "prod", "", Story.at("10.0.0.53"));
        story.deployed("evil/end", "prod", "", Story.at("10.0.0.9"));
        member("shop/front", on("web-1", "/front"));
        var id = story.contained(cut("shop/front", "evil/end"), END, 5);

        story.deployed("evil/end", "prod", "", Story.at("10.0.0.53"));

        assertThat(peersOn(id)).containsExactly("10.0.0.53/32", "10.0.0.9/32");
    }

    private List<String> peersOn(ContainmentId id) {
        return story.desired("web-1").deny(id).orElseThrow().peers().stream()
                .map(block -> block.value())
                .toList();
    }

    private List<String> cutOn(ContainmentId id, String host) {
        return story.desired(host).deny(id).stream()
                .flatMap(deny -> deny.subjects().stream())
                .map(subject -> ((Subject.Cgroup) subject).path())
                .map(CgroupPath::value)
                .toList();
    }

    private Presence present(ContainmentId id) {
        return story.estate.presence(id).orElseThrow();
    }

    private void others(int count) {
        IntStream.range(0, count)
                .forEach(i ->
                        story.deployed("other/w" + i, "prod", "", on("web-1", "/other/w" + i)));
    }

    private void member(String name, Placement... placements) {
        story.deployed(name, "prod", "app=shop", placements);
    }
}
