package dev.firebreak.segmentation;

import static dev.firebreak.segmentation.Story.NOON;
import static dev.firebreak.segmentation.Story.cut;
import static dev.firebreak.segmentation.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static final Instant END = NOON.plusSeconds(1_800);
    private final Story story = new Story().enrolled("web-1", "web-2");

    @Test
    void a_containment_of_two_does_not_grow_to_five_hundred() {
        members(2);
        var id = story.contained(cut("label/app=shop"), END, 5);

        members(500);

        assertThat(present(id).reach().members()).isEqualTo(5);
        assertThat(present(id).leftOut()).isEqualTo(495);
        assertThat(story.desired("web-1").deny(id).orElseThrow().subjects()).hasSize(5);
    }

    @Test
    void what_a_second_person_approved_is_cut_whole_though_it_is_above_the_limit() {
        members(40);

        var id = story.contained(cut("label/app=shop"), END, 5);

        assertThat(present(id).atMost()).isEqualTo(40);
        assertThat(present(id).reach().members()).isEqualTo(40);
        assertThat(present(id).leftOut()).isZero();
    }

    @Test
    void an_older_containment_that_says_no_limit_grows_no_further_than_its_plan() {
        members(3);
        var id = story.contained(cut("label/app=shop"), END, 0);

        members(4);

        assertThat(present(id).reach().members()).isEqualTo(3);
        assertThat(present(id).names()).containsExactly(WorkloadName.parse("shop/w3"));
    }

    @Test
    void whoever_leaves_makes_room_for_the_one_who_waits_longest() {
        members(1);
        var id = story.contained(cut("label/app=shop"), END, 2);
        members(4);

        story.retired("shop/w1");

        assertThat(present(id).reach().names()).containsExactly("shop/w0", "shop/w2");
        assertThat(present(id).names()).containsExactly(WorkloadName.parse("shop/w3"));
    }

    @Test
    void a_member_that_is_retired_and_deployed_again_does_not_get_away() {
        members(2);
        var id = story.contained(cut("label/app=shop"), END, 2);
        members(4);

        story.retired("shop/w0");
        member(0);

        assertThat(present(id).reach().names()).containsExactlyInAnyOrder("shop/w0", "shop/w1");
    }

    @Test
    void asking_again_for_one_that_leaves_somebody_out_is_asking_for_all_of_them() {
        members(2);
        var ask = cut("label/app=shop");
        var id = story.contained(ask, END, 2);
        assertThat(story.drawn(ask).containment()).isEqualTo(id);

        members(4);

        assertThat(story.drawn(ask).containment()).isNotEqualTo(id);
        assertThat(story.plan(ask).reach().members()).isEqualTo(4);
        var larger = story.contained(ask, END, 4);
        assertThat(story.drawn(ask).containment()).isEqualTo(larger);
        assertThat(present(larger).leftOut()).isZero();
    }

    @Test
    void a_host_is_cut_as_a_whole_whatever_comes_to_run_on_it() {
        members(1);
        var id = story.contained(cut("host/web-1"), END, 1);

        members(3);

        assertThat(present(id).reach().members()).isEqualTo(3);
        assertThat(present(id).leftOut()).isZero();
        assertThat(story.desired("web-1").deny(id)).isPresent();
    }

    @Test
    void one_that_is_over_has_nobody_in_it() {
        members(2);
        var id = story.contained(cut("label/app=shop"), END, 2);

        story.released(id);

        assertThat(story.estate.presence(id)).isEmpty();
    }

    private Presence present(ContainmentId id) {
        return story.estate.presence(id).orElseThrow();
    }

    private void members(int count) {
        IntStream.range(0, count).forEach(this::member);
    }

    private void member(int number) {
        var name = "shop/w" + number;
        story.deployed(name, "production", "app=shop", on("web-1", "/" + name));
    }
}
