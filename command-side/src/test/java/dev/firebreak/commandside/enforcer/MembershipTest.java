package dev.firebreak.commandside.enforcer;

import static dev.firebreak.commandside.Cast.ADA;
import static dev.firebreak.commandside.Cast.ANN;
import static dev.firebreak.commandside.Cast.BOT;
import static dev.firebreak.commandside.Cast.FROZEN;
import static dev.firebreak.commandside.Cast.GUARDRAILS;
import static dev.firebreak.commandside.Cast.NOON;
import static dev.firebreak.commandside.containment.Outcomes.kinds;
import static dev.firebreak.commandside.containment.Outcomes.refused;
import static dev.firebreak.commandside.containment.Outcomes.stands;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.command.Decision;
import dev.firebreak.commandside.command.RefusalCode;
import dev.firebreak.commandside.enforcer.EnforcerCommand.ConnectEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.EnrolEnforcer;
import dev.firebreak.commandside.enforcer.EnforcerCommand.OfferEnrolment;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordCopy;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordRepair;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RecordSilence;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RenewCertificate;
import dev.firebreak.commandside.enforcer.EnforcerCommand.RevokeEnforcer;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Responder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MembershipTest {

    private static final EnforcerName WEB_1 = EnforcerName.parse("host/web-1");
    private static final Instant OFFER_ENDS = NOON.plus(Duration.ofMinutes(15));
    private static final Instant CERTIFICATE_ENDS = NOON.plus(Duration.ofDays(1));

    private Membership state = Membership.NONE;

    @Test
    void only_an_admin_invites_and_only_for_a_bounded_time() {
        refused(when(offer(ANN, OFFER_ENDS)), RefusalCode.NOT_PERMITTED);
        refused(when(offer(ADA, NOON)), RefusalCode.TTL_TOO_SHORT);
        refused(
                when(offer(ADA, NOON.plus(Duration.ofDays(1)).plusSeconds(1))),
                RefusalCode.TTL_TOO_LONG);
        assertThat(kinds(when(offer(ADA, OFFER_ENDS)))).containsExactly("EnrolmentOffered");
    }

    @Test
    void a_frozen_automation_does_not_invite_but_firebreak_enrols_its_own_host() {
        refused(
                Membership.decide(state, offer(BOT, OFFER_ENDS), FROZEN),
                RefusalCode.AUTOMATION_FROZEN);
        kinds(Membership.decide(state, offer(Responder.FIREBREAK, OFFER_ENDS), FROZEN));
    }

    @Test
    void a_token_enrols_once() {
        when(offer(ADA, OFFER_ENDS));

        assertThat(kinds(when(enrol("token", "cert-1", NOON)))).containsExactly("EnforcerEnrolled");
        stands(when(enrol("token", "cert-1", NOON)));
        assertThat(refused(when(enrol("token", "cert-2", NOON)), RefusalCode.INVALID_TOKEN))
                .contains("used already");
    }

    @Test
    void a_token_that_is_unknown_or_ended_enrols_nobody() {
        refused(when(enrol("token", "cert-1", NOON)), RefusalCode.INVALID_TOKEN);
        when(offer(ADA, OFFER_ENDS));

        refused(when(enrol("tokem", "cert-1", NOON)), RefusalCode.INVALID_TOKEN);
        refused(when(enrol("", "cert-1", NOON)), RefusalCode.INVALID_TOKEN);
        refused(when(enrol("token", "cert-1", OFFER_ENDS)), RefusalCode.INVALID_TOKEN);
        kinds(when(enrol("token", "cert-1", OFFER_ENDS.minusNanos(1))));
    }

    @Test
    void a_new_offer_replaces_the_older_one() {
        when(offer(ADA, OFFER_ENDS));
        when(new OfferEnrolment(WEB_1, "token-2", OFFER_ENDS, ADA, NOON));

        refused(when(enrol("token", "cert-1", NOON)), RefusalCode.INVALID_TOKEN);
        kinds(when(enrol("token-2", "cert-1", NOON)));
    }

    @Test
    void an_enforcer_stays_enrolled_until_the_new_offer_is_used() {
        enrolled();
        when(offer(ADA, OFFER_ENDS));

        kinds(when(connect("cert-1", "boot-1", NOON)));
        kinds(when(enrol("token", "cert-2", NOON)));
        refused(when(connect("cert-1", "boot-1", NOON)), RefusalCode.NOT_PERMITTED);
        kinds(when(connect("cert-2", "boot-1", NOON)));
    }

    @Test
    void only_its_own_certificate_connects_and_only_while_it_is_valid() {
        refused(when(connect("cert-1", "boot-1", NOON)), RefusalCode.UNKNOWN_ENFORCER);
        enrolled();

        refused(when(connect("cert-x", "boot-1", NOON)), RefusalCode.NOT_PERMITTED);
        refused(when(connect("cert-1", "boot-1", CERTIFICATE_ENDS)), RefusalCode.NOT_PERMITTED);
        kinds(when(connect("cert-1", "boot-1", CERTIFICATE_ENDS.minusNanos(1))));
    }

    @Test
    void while_it_renews_both_certificates_count_until_the_newer_one_connects() {
        enrolled();
        kinds(when(renew("cert-1", "cert-2")));

        kinds(when(connect("cert-1", "boot-1", NOON)));
        kinds(when(connect("cert-2", "boot-1", NOON)));
        refused(when(connect("cert-1", "boot-1", NOON)), RefusalCode.NOT_PERMITTED);
        refused(when(renew("cert-1", "cert-3")), RefusalCode.NOT_PERMITTED);
    }

    @Test
    void a_renewal_that_was_lost_on_the_way_can_be_repeated() {
        enrolled();
        when(renew("cert-1", "cert-2"));

        stands(when(renew("cert-1", "cert-2")));
        kinds(when(renew("cert-1", "cert-3")));
        kinds(when(connect("cert-3", "boot-1", NOON)));
        refused(when(connect("cert-2", "boot-1", NOON)), RefusalCode.NOT_PERMITTED);
    }

    @Test
    void nobody_renews_with_a_certificate_that_is_not_theirs() {
        refused(when(renew("cert-1", "cert-2")), RefusalCode.UNKNOWN_ENFORCER);
        enrolled();

        refused(when(renew("cert-x", "cert-2")), RefusalCode.NOT_PERMITTED);
    }

    @Test
    void connecting_again_and_again_is_one_event() {
        enrolled();

        kinds(when(connect("cert-1", "boot-1", NOON)));
        stands(when(connect("cert-1", "boot-1", NOON.plusSeconds(1))));
        assertThat(kinds(when(connect("cert-1", "boot-2", NOON.plusSeconds(2)))))
                .containsExactly("EnforcerConnected");
    }

    @Test
    void a_law_that_has_changed_is_news() {
        enrolled();
        kinds(when(connect("cert-1", "boot-1", NOON)));

        var another =
                new ConnectEnforcer(
                        WEB_1, "cert-1", "0.1.0", "6.18.0", "boot-1", List.of("10.0.0.5"), NOON);

        assertThat(kinds(when(another))).containsExactly("EnforcerConnected");
        stands(when(another));
    }

    @Test
    void a_copy_of_its_certificate_is_told_at_most_once_a_minute() {
        refused(when(copy("cert-1", NOON)), RefusalCode.UNKNOWN_ENFORCER);
        enrolled();

        assertThat(kinds(when(copy("cert-1", NOON)))).containsExactly("CopyTurnedAway");
        stands(when(copy("cert-1", NOON.plusSeconds(59))));
        assertThat(kinds(when(copy("cert-1", NOON.plusSeconds(60)))))
                .containsExactly("CopyTurnedAway");
        refused(when(copy("cert-x", NOON.plusSeconds(200))), RefusalCode.NOT_PERMITTED);
    }

    @Test
    void a_repair_is_told_at_most_every_half_minute() {
        refused(when(repair("cert-1", NOON)), RefusalCode.UNKNOWN_ENFORCER);
        enrolled();

        assertThat(kinds(when(repair("cert-1", NOON)))).containsExactly("TamperingRepaired");
        assertThat(kinds(when(copy("cert-1", NOON)))).containsExactly("CopyTurnedAway");
        stands(when(repair("cert-1", NOON.plusSeconds(29))));
        assertThat(kinds(when(repair("cert-1", NOON.plusSeconds(30)))))
                .containsExactly("TamperingRepaired");
        refused(when(repair("cert-x", NOON.plusSeconds(200))), RefusalCode.NOT_PERMITTED);
    }

    @Test
    void silence_is_told_once_and_not_when_it_was_heard_since() {
        enrolled();
        stands(when(silence(NOON)));
        when(connect("cert-1", "boot-1", NOON.plusSeconds(10)));

        stands(when(silence(NOON.plusSeconds(9))));
        assertThat(kinds(when(silence(NOON.plusSeconds(10))))).containsExactly("EnforcerSilent");
        stands(when(silence(NOON.plusSeconds(11))));
        assertThat(kinds(when(connect("cert-1", "boot-1", NOON.plusSeconds(60)))))
                .containsExactly("EnforcerConnected");
    }

    @Test
    void who_is_not_enrolled_cannot_be_silent() {
        refused(when(silence(NOON)), RefusalCode.UNKNOWN_ENFORCER);
    }

    @Test
    void a_revoked_enforcer_is_not_heard_until_it_is_enrolled_anew() {
        enrolled();
        refused(when(revoke(ANN)), RefusalCode.NOT_PERMITTED);
        kinds(when(revoke(ADA)));

        refused(when(connect("cert-1", "boot-1", NOON)), RefusalCode.NOT_PERMITTED);
        refused(when(renew("cert-1", "cert-2")), RefusalCode.NOT_PERMITTED);
        refused(when(enrol("token", "cert-1", NOON)), RefusalCode.INVALID_TOKEN);
        stands(when(revoke(ADA)));
        stands(when(silence(NOON)));
        when(offer(ADA, OFFER_ENDS));
        refused(when(connect("cert-1", "boot-1", NOON)), RefusalCode.NOT_PERMITTED);
        kinds(when(enrol("token", "cert-9", NOON)));
        kinds(when(connect("cert-9", "boot-1", NOON)));
    }

    @Test
    void a_revocation_takes_back_an_open_offer_too() {
        refused(when(revoke(ADA)), RefusalCode.UNKNOWN_ENFORCER);
        when(offer(ADA, OFFER_ENDS));
        kinds(when(revoke(ADA)));

        refused(when(enrol("token", "cert-1", NOON)), RefusalCode.INVALID_TOKEN);
    }

    private Decision<EnforcerEvent> when(EnforcerCommand command) {
        var decision = Membership.decide(state, command, GUARDRAILS);
        decision.events().forEach(event -> state = Membership.evolve(state, event));
        return decision;
    }

    private void enrolled() {
        List.of(offer(ADA, OFFER_ENDS), enrol("token", "cert-1", NOON)).forEach(this::when);
    }

    private static OfferEnrolment offer(Responder by, Instant endsAt) {
        return new OfferEnrolment(WEB_1, "token", endsAt, by, NOON);
    }

    private static EnrolEnforcer enrol(String token, String certificate, Instant at) {
        return new EnrolEnforcer(WEB_1, token, certificate, CERTIFICATE_ENDS, at);
    }

    private static RenewCertificate renew(String presented, String certificate) {
        return new RenewCertificate(WEB_1, presented, certificate, CERTIFICATE_ENDS, NOON);
    }

    private static RecordCopy copy(String certificate, Instant at) {
        return new RecordCopy(WEB_1, certificate, "10.0.0.1:50", "10.0.0.66:50", at);
    }

    private static RecordRepair repair(String certificate, Instant at) {
        var named = List.of(ContainmentId.parse("C-0000123"));
        return new RecordRepair(WEB_1, certificate, 2, 1, named, at);
    }

    private static ConnectEnforcer connect(String certificate, String boot, Instant at) {
        return new ConnectEnforcer(WEB_1, certificate, "0.1.0", "6.18.0", boot, List.of(), at);
    }

    private static RecordSilence silence(Instant lastHeard) {
        return new RecordSilence(WEB_1, lastHeard, lastHeard.plusSeconds(30));
    }

    private static RevokeEnforcer revoke(Responder by) {
        return new RevokeEnforcer(WEB_1, new Reason("stolen"), by, NOON);
    }
}
