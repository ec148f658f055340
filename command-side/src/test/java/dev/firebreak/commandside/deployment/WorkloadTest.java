package dev.firebreak.commandside.deployment;

import static dev.firebreak.commandside.Cast.ADA;
import static dev.firebreak.commandside.Cast.ANN;
import static dev.firebreak.commandside.Cast.BOT;
import static dev.firebreak.commandside.Cast.GUARDRAILS;
import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.Cast.ROB;
import static dev.firebreak.commandside.Cast.VERA;
import static dev.firebreak.commandside.containment.Outcomes.kinds;
import static dev.firebreak.commandside.containment.Outcomes.refused;
import static dev.firebreak.commandside.containment.Outcomes.stands;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.deployment.DeploymentCommand.DeployWorkload;
import dev.firebreak.commandside.deployment.DeploymentCommand.RetireWorkload;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.KnownFacts;
import dev.firebreak.eventlog.term.CgroupPath;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WorkloadTest {

    private static final WorkloadName CHECKOUT = WorkloadName.parse("payments/checkout");
    private static final Labels DNS = Labels.parse("role=dns");

    @Test
    void where_a_workload_runs_is_an_event_only_when_it_changed() {
        var first = Workload.decide(Workload.UNKNOWN, deploy(ROB, "web-1"), GUARDRAILS);
        var known = Workload.evolve(Workload.UNKNOWN, first.events().getFirst());

        assertThat(kinds(first)).containsExactly("WorkloadDeployed");
        stands(Workload.decide(known, deploy(BOT, "web-1"), GUARDRAILS));
        assertThat(kinds(Workload.decide(known, deploy(BOT, "web-2"), GUARDRAILS)))
                .containsExactly("WorkloadDeployed");
    }

    @Test
    void a_viewer_says_nothing_about_workloads() {
        refused(
                Workload.decide(Workload.UNKNOWN, deploy(VERA, "web-1"), GUARDRAILS),
                RefusalCode.NOT_PERMITTED);
        refused(
                Workload.decide(Workload.UNKNOWN, retire(VERA), GUARDRAILS),
                RefusalCode.NOT_PERMITTED);
    }

    @Test
    void a_workload_is_retired_once_and_may_come_back() {
        var known =
                Workload.evolve(
                        Workload.UNKNOWN,
                        Workload.decide(Workload.UNKNOWN, deploy(ROB, "web-1"), GUARDRAILS)
                                .events()
                                .getFirst());
        var gone =
                Workload.evolve(
                        known, Workload.decide(known, retire(ROB), GUARDRAILS).events().getFirst());

        stands(Workload.decide(gone, retire(ROB), GUARDRAILS));
        assertThat(kinds(Workload.decide(gone, deploy(ROB, "web-1"), GUARDRAILS)))
                .containsExactly("WorkloadDeployed");
    }

    @Test
    void what_was_never_deployed_cannot_be_retired() {
        refused(
                Workload.decide(Workload.UNKNOWN, retire(ROB), GUARDRAILS),
                RefusalCode.UNKNOWN_WORKLOAD);
    }

    @Test
    void the_number_of_placements_is_bounded() {
        var many =
                new DeployWorkload(
                        CHECKOUT,
                        new Environment("prod"),
                        "",
                        Labels.NONE,
                        Collections.nCopies(Workload.MAX_PLACEMENTS + 1, onHost("web-1")),
                        ROB,
                        NOON);

        refused(Workload.decide(Workload.UNKNOWN, many, GUARDRAILS), RefusalCode.TOO_LARGE);
    }

    @Test
    void only_an_admin_takes_a_protected_workload_out_of_its_protection() {
        var facts = new KnownFacts(false, Set.of(), Map.of(), Map.of(), Map.of(), List.of(DNS));
        var guardrails = Guardrails.defaults(facts);
        var dns = labelled(ROB, DNS, "web-1");
        var known =
                Workload.evolve(
                        Workload.UNKNOWN,
                        Workload.decide(Workload.UNKNOWN, dns, guardrails).events().getFirst());

        refused(
                Workload.decide(known, deploy(ANN, "web-1"), guardrails),
                RefusalCode.PROTECTED_SCOPE);
        refused(Workload.decide(known, retire(ANN), guardrails), RefusalCode.PROTECTED_SCOPE);
        assertThat(kinds(Workload.decide(known, labelled(ROB, DNS, "web-2"), guardrails)))
                .containsExactly("WorkloadDeployed");
        assertThat(kinds(Workload.decide(known, deploy(ADA, "web-1"), guardrails)))
                .containsExactly("WorkloadDeployed");
        assertThat(kinds(Workload.decide(known, retire(ADA), guardrails)))
                .containsExactly("WorkloadRetired");
    }

    private static DeployWorkload deploy(Responder by, String host) {
        return labelled(by, Labels.NONE, host);
    }

    private static DeployWorkload labelled(Responder by, Labels labels, String host) {
        return new DeployWorkload(
                CHECKOUT,
                new Environment("prod"),
                "payments",
                labels,
                List.of(onHost(host)),
                by,
                NOON);
    }

    private static Placement onHost(String host) {
        return new Placement.OnHost(new HostName(host), new CgroupPath("/payments/checkout"));
    }

    private static RetireWorkload retire(Responder by) {
        return new RetireWorkload(CHECKOUT, new Reason("gone"), by, NOON);
    }
}
