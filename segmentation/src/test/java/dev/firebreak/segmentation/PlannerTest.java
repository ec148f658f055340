package dev.firebreak.segmentation;

import static dev.firebreak.segmentation.Story.NOON;
import static dev.firebreak.segmentation.Story.at;
import static dev.firebreak.segmentation.Story.cut;
import static dev.firebreak.segmentation.Story.cutOn;
import static dev.firebreak.segmentation.Story.host;
import static dev.firebreak.segmentation.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerConnected;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.ClusterName;
import dev.firebreak.eventlog.term.Gap;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Part;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.segmentation.Drawing.UnknownWorkload;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

    private final Story story = new Story().enrolled("web-1", "web-2");

    @Test
    void a_workload_with_no_enrolled_agent_is_a_gap_that_says_what_to_do() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/c"), on("web-9", "/c"));

        var plan = story.plan(cut("shop/cart"));

        assertThat(plan.parts()).extracting(Part::enforcer).containsExactly(host("web-1"));
        assertThat(plan.gaps())
                .containsExactly(
                        new Gap(
                                "shop/cart",
                                "host/web-9 has no enrolled agent; enrol one with: firebreak"
                                        + " enforcers enrol host/web-9"));
    }

    @Test
    void what_a_host_never_denies_is_told_with_the_plan_and_changes_nothing_about_it() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/c"), on("web-2", "/c"));
        var before = story.drawn(cut("shop/cart"));

        story.happens(
                new EnforcerConnected(
                        host("web-1"), "ab12", "1", "6.18", "b", List.of("10.0.0.53"), NOON));

        var drawn = story.drawn(cut("shop/cart"));
        assertThat(drawn.laws())
                .containsOnly(
                        Map.entry(
                                host("web-1"), "not for 10.0.0.53, which this host never denies"));
        assertThat(before.laws()).isEmpty();
        assertThat(drawn.plan().hash()).isEqualTo(before.plan().hash());
    }

    @Test
    void placements_that_nobody_enforces_on_are_gaps_by_name() {
        var cluster = new ClusterName("prod-eu");
        story.deployed("shop/a", "prod", "", new Placement.Pods(cluster, Labels.parse("app=a")))
                .deployed("shop/b", "prod", "", new Placement.NetworkInterface("eni-0a1"))
                .deployed("shop/c", "prod", "", at("10.0.0.3"))
                .deployed("shop/d", "prod", "");

        var plan = story.plan(cut("env/prod"));

        assertThat(plan.parts()).isEmpty();
        assertThat(plan.gaps())
                .extracting(Gap::what)
                .containsExactlyInAnyOrder("shop/a", "shop/b", "shop/c", "shop/d");
        assertThat(plan.reach().members()).isEqualTo(4);
    }

    @Test
    void a_peer_without_an_address_is_never_widened_to_its_host() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/c"))
                .deployed("data/db", "prod", "", on("web-2", "/db"));

        var plan = story.plan(cut("shop/cart", "data/db"));

        assertThat(plan.parts()).isEmpty();
        assertThat(why(plan)).contains("no address of it is known");
    }

    @Test
    void members_of_a_peer_without_an_address_are_named() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/c"))
                .deployed("data/a", "prod", "team=data", at("10.0.0.5"))
                .deployed("data/b", "prod", "team=data", on("web-2", "/b"));

        var plan = story.plan(cut("shop/cart", "label/team=data"));

        assertThat(plan.parts().getFirst().peers()).containsExactly(CidrBlock.parse("10.0.0.5"));
        assertThat(plan.gaps()).extracting(Gap::what).containsExactly("data/b");
    }

    @Test
    void a_host_as_peer_is_only_what_runs_there_and_nowhere_else() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/c"))
                .deployed("data/a", "prod", "", on("web-2", "/a"), at("10.0.0.5"))
                .deployed(
                        "data/b", "prod", "", on("web-2", "/b"), on("web-1", "/b"), at("10.0.0.6"));

        var plan = story.plan(cut("shop/cart", "host/web-2"));

        assertThat(plan.parts().getFirst().peers()).containsExactly(CidrBlock.parse("10.0.0.5"));
        assertThat(plan.gaps()).extracting(Gap::what).containsExactly("data/b");
    }

    @Test
    void too_many_peers_are_refused_and_not_cut_short() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/c"));
        IntStream.rangeClosed(0, PeerBlocks.MAX_BLOCKS)
                .forEach(i ->
                        story.deployed(
                                "data/n" + i,
                                "prod",
                                "team=data",
                                at("10.0.%d.%d".formatted(i / 256, i % 256))));

        var plan = story.plan(cut("shop/cart", "label/team=data"));

        assertThat(plan.parts()).isEmpty();
        assertThat(why(plan)).contains("at most 256");
    }

    @Test
    void a_plan_that_no_event_can_hold_is_a_gap_and_not_a_failed_command() {
        for (var i = 0; i < 400; i++) {
            story.enrolled("node-" + i)
                    .deployed("shop/n" + i, "prod", "", on("node-" + i, "/n"))
                    .deployed(
                            "data/n" + i,
                            "stage",
                            "",
                            at("10.0.%d.%d".formatted(i / 200, i % 200)));
            if (i == 200) {
                var plan = story.plan(cut("env/prod", "env/stage"));
                assertThat(plan.parts()).hasSize(201);
            }
        }
        IntStream.range(200, 400).forEach(i -> story.retired("data/n" + i));

        var plan = story.plan(cut("env/prod", "env/stage"));

        assertThat(plan.parts()).isEmpty();
        assertThat(why(plan)).contains("more than one order can hold");
    }

    @ParameterizedTest
    @CsvSource({"sg/sg-0a1,security groups", "db/reporting,database roles"})
    void scopes_without_a_connector_are_gaps(String subject, String reason) {
        var plan = story.plan(cut(subject));

        assertThat(plan.parts()).isEmpty();
        assertThat(why(plan)).contains(reason);
    }

    @Test
    void a_misspelt_environment_is_asked_back() {
        story.deployed("shop/cart", "production", "", on("web-1", "/c"));

        assertThat(why(story.plan(cut("env/prodution")))).contains("Did you mean env/production?");
    }

    @Test
    void an_unknown_workload_is_asked_back_with_the_nearest_names() {
        story.deployed("payments/checkout", "prod", "", on("web-1", "/c"));

        var drawing = Planner.draw(story.estate, cut("payments/chekout"), List.of(), NOON);

        assertThat(drawing)
                .isEqualTo(
                        new UnknownWorkload(
                                WorkloadName.parse("payments/chekout"),
                                List.of("payments/checkout")));
        assertThat(((UnknownWorkload) drawing).sentence())
                .isEqualTo(
                        "There is no workload payments/chekout. Did you mean payments/checkout?");
    }

    @Test
    void a_scope_of_a_misremembered_kind_is_asked_back_and_not_taken_for_a_workload_alone() {
        var drawing = Planner.draw(story.estate, cut("environment/prod"), List.of(), NOON);

        assertThat(((UnknownWorkload) drawing).sentence())
                .isEqualTo("There is no workload environment/prod. Did you mean env/prod?");
    }

    @Test
    void beside_a_misremembered_kind_a_workload_that_is_nearly_called_so_is_offered() {
        story.deployed("node/agent", "prod", "", on("web-1", "/c"));

        var drawing = Planner.draw(story.estate, cut("node/agemt"), List.of(), NOON);

        assertThat(((UnknownWorkload) drawing).sentence())
                .isEqualTo(
                        "There is no workload node/agemt. Did you mean host/agemt or node/agent?");
    }

    @Test
    void a_workload_in_another_namespace_is_offered() {
        story.deployed("payments/checkout", "prod", "", on("web-1", "/c"));

        var drawing = Planner.draw(story.estate, cut("shopfront/checkout"), List.of(), NOON);

        assertThat(((UnknownWorkload) drawing).closest()).containsExactly("payments/checkout");
    }

    @Test
    void an_enforcer_that_does_not_exist_is_a_gap() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/c"));

        var plan = story.plan(cutOn("shop/cart", "web-11"));

        assertThat(plan.parts()).isEmpty();
        assertThat(why(plan)).contains("no enforcer of this name. Did you mean host/web-1");
    }

    @Test
    void the_same_ask_is_the_same_containment_while_it_is_open() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/c"));
        var id = story.contained(cut("shop/cart"));

        assertThat(story.drawn(cut("shop/cart")).containment()).isEqualTo(id);
    }

    @Test
    void after_its_end_the_same_ask_is_a_new_containment() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/c"));
        var first = story.contained(cut("shop/cart"));
        story.released(first);
        var second = story.contained(cut("shop/cart"));
        story.released(second);

        assertThat(story.drawn(cut("shop/cart")).containment()).isNotIn(first, second);
        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void one_that_is_past_its_end_but_not_yet_released_is_not_asked_for_again() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/c"));
        var id = story.contained(cut("shop/cart"), NOON);

        assertThat(story.drawn(cut("shop/cart")).containment()).isNotEqualTo(id);
    }

    @Test
    void a_whole_host_counts_as_the_workloads_on_it() {
        story.deployed("shop/cart", "prod", "", on("web-1", "/c"))
                .deployed("shop/pay", "prod", "", on("web-1", "/p"))
                .deployed("data/db", "prod", "", on("web-2", "/d"));

        var reach = story.plan(cut("host/web-1")).reach();

        assertThat(reach.members()).isEqualTo(2);
        assertThat(reach.fleet()).isEqualTo(3);
        assertThat(reach.owners()).containsExactly("team-shop");
    }

    @Test
    void an_empty_host_counts_as_one() {
        assertThat(story.plan(cut("host/web-1")).reach().members()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.0/24,1",
        "198.51.0.0/16,1",
        "198.0.0.0/8,3",
        "10.0.0.0/8,3",
        "10.0.7.0/24,1",
        "10.0.0.0/24,2",
        "2001:db8::/32,1",
        "2000::/3,3",
        "fd00:1::/64,1",
        "fd00::/16,3",
        "0.0.0.0/1,3",
        "128.0.0.0/1,3",
        "8000::/1,3",
        "127.0.0.0/8,3",
        "127.0.0.1/32,3",
        "::1,3",
        "0.0.0.0/32,3",
        "224.0.0.0/24,3",
        "239.1.2.3/32,3",
        "255.255.255.255/32,3",
        "ff02::fb,3",
        "169.254.169.254/32,3",
        "fe80::1,3",
        "64:ff9b::/96,3",
        "64:ff9b::/97,3",
        "64:ff9b::/64,3",
        "64:ff9b::c633:6400/120,1",
        "64:ff9b::a00:0/104,3",
        "64:ff9b::7f00:1,1",
        "::/96,3",
        "64:ff9b:1::/96,3",
        "2001::/32,3",
        "223.255.255.0/24,1",
        "126.0.0.0/16,1"
    })
    void a_wide_block_counts_as_the_whole_fleet(String block, int members) {
        story.deployed("shop/a", "prod", "", on("web-1", "/a"), at("10.0.0.1"))
                .deployed("shop/b", "prod", "", on("web-1", "/b"), at("10.0.0.2"))
                .deployed("shop/c", "prod", "", on("web-2", "/c"));

        assertThat(story.plan(cut("cidr/" + block)).reach().members()).isEqualTo(members);
    }

    @ParameterizedTest
    @CsvSource({
        "label/app=dns,infra/dns,everyone",
        "workload/infra/dns,env/prod,everyone",
        "label/app=dns,host/web-1,everyone",
        "cidr/10.0.0.0/24,infra/dns,everyone",
        "cidr/10.0.0.0/24,cidr/10.0.0.0/16,everyone",
        "label/app=dns,cidr/10.0.0.53/32,everyone",
        "cidr/10.0.0.0/24,host/web-2,cidr/10.0.0.53/32",
        "host/web-2,host/web-2,everyone"
    })
    void what_is_protected_stands_in_the_way(String shield, String subject, String peer) {
        story.deployed("infra/dns", "prod", "app=dns", on("web-1", "/dns"), at("10.0.0.53"));

        var plan = story.drawn(cut(subject, peer), shield).plan();

        assertThat(plan.protectedBy()).hasSize(1);
        assertThat(plan.protectedBy().getFirst()).startsWith(shield + " is protected");
    }

    @ParameterizedTest
    @CsvSource({
        "label/app=dns,shop/cart,everyone",
        "cidr/10.0.0.0/24,shop/cart,cidr/10.0.0.53/32",
        "host/web-1,shop/cart,everyone",
        "cidr/10.0.0.0/24,host/web-2,everyone"
    })
    void what_harms_only_the_contained_is_not_stopped(String shield, String subject, String peer) {
        story.deployed("infra/dns", "prod", "app=dns", on("web-1", "/dns"), at("10.0.0.53"))
                .deployed("shop/cart", "prod", "", on("web-1", "/c"));

        assertThat(story.drawn(cut(subject, peer), shield).plan().protectedBy()).isEmpty();
    }

    @Test
    void a_wide_block_cuts_off_what_is_protected_on_any_host() {
        story.deployed("infra/dns", "prod", "app=dns", on("web-1", "/dns"));

        assertThat(story.drawn(cut("cidr/0.0.0.0/1"), "label/app=dns").plan().protectedBy())
                .containsExactly(
                        "label/app=dns is protected, and cidr/0.0.0.0/1 takes in some of it:"
                                + " infra/dns.");
        assertThat(story.drawn(cut("cidr/203.0.113.9/32"), "label/app=dns").plan().protectedBy())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/dns, true", "/dns/worker, true", "/dnsmasq, false", "/c, false"})
    void what_is_protected_is_not_cut_under_another_name(String cgroup, boolean stands) {
        story.deployed("infra/dns", "prod", "app=dns", on("web-1", "/dns"))
                .deployed("evil/twin", "prod", "", on("web-1", cgroup), on("web-2", "/dns"));

        var plan = story.drawn(cut("evil/twin", "everyone"), "workload/infra/dns").plan();

        assertThat(plan.protectedBy().isEmpty()).isNotEqualTo(stands);
    }

    private static String why(Plan plan) {
        return String.join("\n", plan.gaps().stream().map(Gap::why).toList());
    }
}
