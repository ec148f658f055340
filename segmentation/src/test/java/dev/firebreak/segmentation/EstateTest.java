package dev.firebreak.segmentation;

import static dev.firebreak.segmentation.Story.ANN;
import static dev.firebreak.segmentation.Story.NOON;
import static dev.firebreak.segmentation.Story.cut;
import static dev.firebreak.segmentation.Story.host;
import static dev.firebreak.segmentation.Story.on;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ApprovalRequired;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.Contained;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentApproved;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentLifted;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.control.ControlEvent.AutomationFrozen;
import dev.firebreak.eventlog.event.control.ControlEvent.AutomationThawed;
import dev.firebreak.eventlog.event.deployment.DeploymentEvent.WorkloadDeployed;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.CertificateRenewed;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerConnected;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerSilent;
import dev.firebreak.eventlog.event.responder.ResponderEvent.ResponderDismissed;
import dev.firebreak.eventlog.event.responder.ResponderEvent.ResponderEnlisted;
import dev.firebreak.eventlog.event.responder.ResponderEvent.SlackUserLinked;
import dev.firebreak.eventlog.event.responder.ResponderEvent.TokenIssued;
import dev.firebreak.eventlog.event.responder.ResponderEvent.TokenRevoked;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.PartReport;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Role;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.Sessions;
import dev.firebreak.eventlog.term.SlackUser;
import dev.firebreak.eventlog.term.WorkloadName;
import dev.firebreak.segmentation.KnownEnforcer.Standing;
import dev.firebreak.segmentation.Stage.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EstateTest {
    private static final ResponderName BOB = new ResponderName("bob");
    private static final Instant END = NOON.plusSeconds(60);
    private static final SlackUser SLACK = new SlackUser("T1", "U1");

    private final Story story = new Story();

    @Test
    void a_workload_is_protected_by_what_it_is_called_and_not_by_where_it_runs() {
        var scopes =
                Stream.of(
                                "workload/shop/cart",
                                "label/role=dns",
                                "env/prod",
                                "tenant/acme",
                                "host/web-1",
                                "cidr/10.0.0.0/8")
                        .map(Scope::parse)
                        .toList();
        var estate = new Estate(scopes);
        var placements =
                List.of(on("web-1", "/c"), new Placement.Address(CidrBlock.parse("10.0.0.7/32")));

        assertThat(estate.protecting(cart("prod", "role=dns,tenant=acme", placements)))
                .isEqualTo(scopes.subList(0, 4));
        assertThat(estate.protecting(cart("staging", "role=web", placements)))
                .containsExactly(scopes.getFirst());
    }

    private static WorkloadDeployed cart(
            String environment, String labels, List<Placement> placements) {
        return new WorkloadDeployed(
                WorkloadName.parse("shop/cart"),
                new Environment(environment),
                "",
                Labels.parse(labels),
                placements,
                BOB,
                NOON);
    }

    @Test
    void a_containment_is_followed_through_its_life() {
        story.enrolled("web-1").deployed("shop/cart", "prod", "", on("web-1", "/c"));
        var id = story.requested(cut("shop/cart"));
        var hash = known(id).plan().hash();

        story.happens(new ApprovalRequired(id, hash, "large", END, NOON));
        assertThat(known(id).stage()).isEqualTo(new Stage.AwaitingApproval("large", END));
        assertThat(known(id).isActive(NOON)).isFalse();

        story.happens(new ContainmentApproved(id, hash, BOB, NOON))
                .happens(new ContainmentOrdered(id, END, 5, NOON))
                .happens(new EnforcementReported(id, List.of(held()), NOON))
                .happens(new Contained(id, List.of(host("web-1")), List.of(), NOON));
        assertThat(known(id).approvedBy()).containsExactly(BOB);
        assertThat(known(id).report(host("web-1")).orElseThrow().state()).isEqualTo(PartState.HELD);
        assertThat(known(id).isActive(NOON)).isTrue();
        assertThat(known(id).isActive(END)).isFalse();
        assertThat(((Stage.Running) known(id).stage()).progress())
                .isEqualTo(new Progress.Contained(List.of(host("web-1")), NOON));

        story.released(id);
        assertThat(known(id).isActive(NOON)).isFalse();
        assertThat(story.estate.openContainments()).hasSize(1);

        story.happens(new ContainmentLifted(id, NOON));
        assertThat(known(id).stage().isOver()).isTrue();
        assertThat(story.estate.openContainments()).isEmpty();
    }

    @Test
    void of_containments_that_are_over_only_the_last_are_remembered() {
        story.enrolled("web-1").deployed("shop/cart", "prod", "", on("web-1", "/c"));
        var first = story.contained(cut("shop/cart"));
        story.released(first).happens(new ContainmentLifted(first, NOON));
        for (var i = 0; i < Containments.MAX_REMEMBERED; i++) {
            var id = story.contained(cut("shop/cart"));
            story.released(id).happens(new ContainmentLifted(id, NOON));
        }

        assertThat(story.estate.containment(first)).isEmpty();
        assertThat(story.contained(cut("shop/cart"))).isNotEqualTo(first);
    }

    @Test
    void events_about_unknown_things_and_unreadable_ones_change_nothing() {
        var unknown = ContainmentId.parse("C-0000000");

        story.happens(new ContainmentOrdered(unknown, END, 5, NOON))
                .released(unknown)
                .happens(new EnforcerSilent(host("web-9"), NOON, NOON))
                .happens(new Mystery(NOON));

        assertThat(story.estate.position()).isEqualTo(4);
        assertThat(story.estate.openContainments()).isEmpty();
        assertThat(story.estate.enforcers()).isEmpty();
    }

    @Test
    void a_token_is_good_until_it_ends_is_revoked_or_its_owner_dismissed() {
        story.happens(new ResponderEnlisted(BOB, Role.RESPONDER, ANN, NOON))
                .happens(new TokenIssued(BOB, "t1", "aa", END, ANN, NOON))
                .happens(new TokenIssued(BOB, "t2", "bb", END, ANN, NOON))
                .happens(new TokenRevoked(BOB, "t2", ANN, NOON));

        assertThat(story.estate.responderByToken("aa", NOON)).isPresent();
        assertThat(story.estate.responderByToken("aa", END)).isEmpty();
        assertThat(story.estate.responderByToken("bb", NOON)).isEmpty();

        story.happens(new ResponderDismissed(BOB, ANN, NOON));
        assertThat(story.estate.responderByToken("aa", NOON)).isEmpty();
    }

    @Test
    void a_slack_user_is_whoever_it_was_linked_to_last() {
        story.happens(new ResponderEnlisted(BOB, Role.RESPONDER, ANN, NOON))
                .happens(new ResponderEnlisted(ANN, Role.ADMIN, ANN, NOON))
                .happens(new SlackUserLinked(BOB, SLACK, ANN, NOON))
                .happens(new SlackUserLinked(ANN, SLACK, ANN, NOON));

        assertThat(story.estate.responderBySlackUser(SLACK))
                .map(KnownResponder::name)
                .contains(ANN);
        assertThat(story.estate.responder(BOB).orElseThrow().slackUsers()).isEmpty();
    }

    @Test
    void a_dismissed_and_enlisted_again_responder_has_no_old_identity() {
        story.happens(new ResponderEnlisted(BOB, Role.RESPONDER, ANN, NOON))
                .happens(new TokenIssued(BOB, "t1", "aa", END, ANN, NOON))
                .happens(new SlackUserLinked(BOB, SLACK, ANN, NOON))
                .happens(new ResponderDismissed(BOB, ANN, NOON))
                .happens(new ResponderEnlisted(BOB, Role.VIEWER, ANN, NOON));

        assertThat(story.estate.responderByToken("aa", NOON)).isEmpty();
        assertThat(story.estate.responderBySlackUser(SLACK)).isEmpty();
    }

    @Test
    void an_enforcer_is_heard_silent_and_revoked() {
        story.enrolled("web-1").happens(connected("ab12"));
        assertThat(standing()).isEqualTo(Standing.CONNECTED);

        story.happens(new EnforcerSilent(host("web-1"), NOON, END));
        assertThat(standing()).isEqualTo(Standing.SILENT);

        story.revoked("web-1");
        assertThat(standing()).isEqualTo(Standing.REVOKED);
        assertThat(story.estate.enforcer(host("web-1")).orElseThrow().certificate()).isEmpty();
    }

    @Test
    void an_answer_of_an_enforcer_is_heard_and_what_others_say_of_it_is_not() {
        story.enrolled("web-1").happens(connected("ab12"));

        story.happens(reported(7, PartState.HELD, NOON.plusSeconds(60)))
                .happens(reported(7, PartState.LIFTED, NOON.plusSeconds(30)))
                .happens(reported(7, PartState.UNKNOWN, NOON.plusSeconds(90)))
                .happens(reported(0, PartState.LIFTED, NOON.plusSeconds(90)));

        assertThat(story.estate.enforcer(host("web-1")).orElseThrow().heardAt())
                .isEqualTo(NOON.plusSeconds(60));
    }

    private static EnforcementReported reported(long generation, PartState state, Instant at) {
        return new EnforcementReported(
                ContainmentId.parse("C-0000001"),
                List.of(
                        new PartReport(
                                host("web-1"),
                                generation,
                                state,
                                "",
                                List.of(),
                                List.of(),
                                Sessions.NONE,
                                at)),
                at);
    }

    @Test
    void a_former_certificate_is_good_until_the_new_one_was_used() {
        story.enrolled("web-1")
                .happens(new CertificateRenewed(host("web-1"), "cd34", END, NOON))
                .happens(connected("ab12"));
        assertThat(isKnownBy("ab12")).isTrue();
        assertThat(isKnownBy("cd34")).isTrue();

        story.happens(connected("cd34"));
        assertThat(isKnownBy("ab12")).isFalse();

        story.revoked("web-1");
        assertThat(isKnownBy("cd34")).isFalse();
        assertThat(isKnownBy("")).isFalse();
    }

    @Test
    void automation_is_frozen_until_it_is_thawed() {
        story.happens(new AutomationFrozen(new Reason("storm"), ANN, NOON));
        assertThat(story.estate.automationFrozen()).isTrue();

        story.happens(new AutomationThawed(new Reason("over"), ANN, NOON));
        assertThat(story.estate.automationFrozen()).isFalse();
    }

    @Test
    void a_reader_may_wait_for_a_position() {
        story.enrolled("web-1", "web-2");
        var live = new LiveEstate();
        var taker = Thread.ofVirtual().unstarted(() -> live.take(story.log));

        assertThat(live.awaitPosition(1, Duration.ZERO)).isFalse();
        taker.start();
        assertThat(live.awaitPosition(2, Duration.ofSeconds(10))).isTrue();
        assertThat(live.read(Estate::enforcers)).hasSize(2);
    }

    private KnownContainment known(ContainmentId id) {
        return story.estate.containment(id).orElseThrow();
    }

    private boolean isKnownBy(String certificate) {
        return story.estate.enforcer(host("web-1")).orElseThrow().isKnownBy(certificate);
    }

    private static EnforcerConnected connected(String certificate) {
        return new EnforcerConnected(
                host("web-1"), certificate, "0.1", "6.18", "boot", List.of(), NOON);
    }

    private Standing standing() {
        return story.estate.enforcer(host("web-1")).orElseThrow().standing();
    }

    private static PartReport held() {
        return new PartReport(
                host("web-1"),
                5,
                PartState.HELD,
                "held",
                List.of(),
                List.of(),
                Sessions.NONE,
                NOON);
    }

    /// Of a family that this version does not know.
    private record Mystery(Instant at) implements Event {
        @Override
        public String stream() {
            return "mystery/1";
        }
    }
}
