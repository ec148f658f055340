package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firebreak.chatops.grammar.Grammar;
import dev.firebreak.chatops.grammar.Moment;
import dev.firebreak.chatops.grammar.Request;
import dev.firebreak.chatops.grammar.TerminalOptions;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.SlackUser;
import dev.firebreak.eventlog.term.WorkloadName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/// What each verb asks of the service, and how its answer looks.
final class Verbs {

    private static final String TOKEN_FILE = "/etc/firebreak/token";

    private final Rest rest;
    private final Terminal terminal;
    private final TerminalOptions options;
    private final Looks looks;
    private final ContainmentLooks containments;
    private final PastLooks past;
    private final Waiting waiting;

    Verbs(Rest rest, Terminal terminal, TerminalOptions options, Duration longestWait) {
        this.rest = rest;
        this.terminal = terminal;
        this.options = options;
        var times = new Times(terminal.clock(), terminal.zone());
        looks = new Looks(times);
        containments = new ContainmentLooks(times);
        past = new PastLooks(times);
        waiting = new Waiting(rest, terminal, containments, longestWait);
    }

    Shown run(Request request) {
        return switch (request) {
            case Request.ShowActive _ -> status();
            case Request.ShowContainment(var id) -> containment(rest.get("containments/" + id));
            case Request.DrawPlan(var ask) -> {
                var plan = rest.post("plans", Bodies.of(ask));
                yield Shown.of(plan, containments.plan(plan)).unless(Refusal.of(plan));
            }
            case Request.Contain contain ->
                    awaited(rest.request("containments", Bodies.of(contain)));
            case Request.Approve(var id) -> approve(id);
            case Request.Extend(var id, var longer, var reason) ->
                    containment(of(id, "extensions", Bodies.newEnd(longer, reason)));
            case Request.Shorten(var id, var remaining, var reason) ->
                    containment(of(id, "shortenings", Bodies.newEnd(remaining, reason)));
            case Request.Release(var id, var reason) ->
                    released(
                            rest.request(
                                    "containments/" + id + "/releases", Bodies.because(reason)));
            case Request.Decline(var id, var reason) ->
                    containment(of(id, "declines", Bodies.because(reason)));
            case Request.Freeze(var reason) ->
                    said(
                            rest.put("automation", Bodies.because(reason).put("frozen", true)),
                            "Automation is frozen; people can still act, and every end still comes.");
            case Request.Thaw(var reason) ->
                    said(
                            rest.put("automation", Bodies.because(reason).put("frozen", false)),
                            "Automation acts again.");
            case Request.WhoAmI _ -> whoAmI(rest.get("whoami"));
            case Request.Help(var verb) -> Shown.text(Grammar.forTerminal().help(verb));
            case Request.Deploy deploy ->
                    recorded(
                            rest.post("workloads", Bodies.of(deploy)),
                            "Recorded: %s runs there.".formatted(deploy.workload()));
            case Request.Retire(var workload, var reason) ->
                    recorded(
                            rest.post(path(workload) + "/retirements", Bodies.because(reason)),
                            "Recorded: %s is gone.".formatted(workload));
            case Request.ListWorkloads _ -> {
                var all = rest.get("workloads");
                yield Shown.of(all, looks.workloads(all));
            }
            case Request.ListEnforcers _ -> {
                var all = rest.get("enforcers");
                yield Shown.of(all, looks.enforcers(all));
            }
            case Request.EnrolEnforcer(var name) ->
                    enrolment(rest.post(path(name) + "/enrolments", Bodies.empty()));
            case Request.RevokeEnforcer(var name, var reason) ->
                    said(
                            rest.post(path(name) + "/revocations", Bodies.because(reason)),
                            "Revoked: nothing is taken from %s any more.".formatted(name));
            case Request.ListResponders _ -> {
                var all = rest.get("responders");
                yield Shown.of(all, looks.responders(all));
            }
            case Request.EnlistResponder(var name, var role) ->
                    said(
                            rest.post(
                                    "responders",
                                    Bodies.empty()
                                            .put("name", name.value())
                                            .put("role", role.name())),
                            "%s may ask now, as %s."
                                    .formatted(name, role.name().toLowerCase(Locale.ROOT)));
            case Request.ChangeRole(var name, var role) ->
                    said(
                            rest.put(path(name) + "/role", Bodies.empty().put("role", role.name())),
                            "%s is %s now.".formatted(name, role.name().toLowerCase(Locale.ROOT)));
            case Request.DismissResponder(var name) ->
                    said(
                            rest.delete(path(name)),
                            "Nothing is taken from %s any more.".formatted(name));
            case Request.LinkSlackUser(var name, var user) ->
                    said(
                            rest.post(
                                    path(name) + "/slack-users",
                                    Bodies.empty().put("slackUser", user.toString())),
                            "In Slack, %s is %s.".formatted(user, name));
            case Request.UnlinkSlackUser(var name, var user) ->
                    said(rest.delete(path(name, user)), "In Slack, %s is nobody.".formatted(user));
            case Request.IssueToken(var name, var days) ->
                    token(rest.post(path(name) + "/tokens", Bodies.empty().put("days", days)));
            case Request.RevokeToken(var name, var id) ->
                    said(
                            rest.delete(path(name) + "/tokens/" + id),
                            "The token %s is worthless now.".formatted(id));
            case Request.ReplayContainment(var id, var all) ->
                    timeline("containments/" + id + "/timeline?", all, past::life);
            case Request.ReplaySpan(var from, var until, var all) ->
                    timeline(
                            "timeline?from=%s&until=%s&".formatted(instant(from), instant(until)),
                            all,
                            past::timeline);
            case Request.ReplayAt(var at) -> {
                var replay = rest.get("replay?at=" + instant(at));
                yield Shown.of(replay, past.active(replay));
            }
            case Request.VerifyAudit _ -> audit(rest.getPatiently("audit/verification"));
            case Request.Diagnose _ -> new Doctor(rest, terminal).look();
            case Request.PrintCompletion _ ->
                    Shown.text(Grammar.forTerminal().completion("firebreak"));
        };
    }

    private Shown status() {
        var status = rest.get("status");
        var all = Rest.JSON.createArrayNode();
        status.path("waiting").forEach(all::add);
        status.path("active").forEach(all::add);
        var lines = new ArrayList<>(looks.containments(all));
        lines.addAll(looks.ending(all));
        if (status.path("automationFrozen").asBoolean()) {
            lines.add("Automation is frozen; people can still act.");
        }
        status.path("enforcers")
                .forEach(each -> {
                    if ("ahead".equals(Looks.text(each, "state"))) {
                        lines.add(
                                "%s is AHEAD of this log: %s"
                                        .formatted(
                                                Looks.text(each, "enforcer"),
                                                Looks.text(each, "stateText")));
                    }
                });
        var broken = Looks.text(status, "broken");
        if (!broken.isEmpty()) {
            lines.add(
                    "What is shown may be old: these have stopped following the log: "
                            + broken
                            + ".");
        }
        return Shown.of(status, lines);
    }

    private Shown containment(JsonNode view) {
        return Shown.of(view, containments.containment(view));
    }

    private Shown awaited(Rest.Answer answer) {
        var view = answer.body();
        containments.received(view, answer.stoodAlready()).forEach(terminal.err()::println);
        return options.awaited() ? waiting.until(view) : containment(view);
    }

    /// Whoever comes second is told that it was over, and how is what is shown.
    private Shown released(Rest.Answer answer) {
        var view = answer.body();
        if (answer.stoodAlready()) {
            terminal.err()
                    .println(
                            "%s had ended before; your reason was not recorded."
                                    .formatted(Looks.text(view, "id")));
        }
        return containment(view);
    }

    private JsonNode of(ContainmentId id, String what, JsonNode body) {
        return rest.post("containments/" + id + "/" + what, body);
    }

    /// Bound to the plan as it is shown right now.
    private Shown approve(ContainmentId id) {
        var looked = Looks.text(rest.get("containments/" + id), "planHash");
        return awaited(
                rest.request(
                        "containments/" + id + "/approvals", Bodies.empty().put("plan", looked)));
    }

    private static Shown said(JsonNode json, String sentence) {
        return Shown.said(json, sentence);
    }

    private static Shown whoAmI(JsonNode me) {
        return said(
                me,
                "You are %s, with the role %s."
                        .formatted(Looks.text(me, "name"), Looks.text(me, "role")));
    }

    private Shown recorded(JsonNode answer, String sentence) {
        return Shown.of(answer, looks.recorded(answer, sentence));
    }

    /// A token on the command line would stay in the shell's history and show in ps.
    private Shown enrolment(JsonNode enrolment) {
        var token = Looks.text(enrolment, "token");
        var command =
                Looks.text(enrolment, "command")
                        .replace("--token " + token, "--token-file " + TOKEN_FILE);
        return Shown.of(
                enrolment,
                List.of(
                        "The token, good once, until %s:"
                                .formatted(looks.times().both(enrolment.path("expiresAt"))),
                        "  " + token,
                        "On the host, as root: put it into a file of root's alone (paste it, Enter,"
                                + " Ctrl-D), and start the agent.",
                        "  mkdir -p /etc/firebreak && (umask 077 && cat > %s)"
                                .formatted(TOKEN_FILE),
                        "  " + command));
    }

    private Shown token(JsonNode token) {
        return Shown.of(
                token,
                List.of(
                        Looks.text(token, "token"),
                        "This is the token %s. It is not shown again; it ends %s."
                                .formatted(
                                        Looks.text(token, "tokenId"),
                                        looks.times().both(token.path("expiresAt")))));
    }

    /// Programs get each entry of the log, people what repeats itself once.
    private boolean isFolded(boolean all) {
        return !all && options.output() == TerminalOptions.Output.TABLE;
    }

    private Shown timeline(String path, boolean all, Function<JsonNode, List<String>> look) {
        var lines =
                new Pages(rest, terminal.err())
                        .all(path + "limit=" + Pages.SIZE + (isFolded(all) ? "&folded=true" : ""));
        return Shown.of(lines, look.apply(lines));
    }

    private static Shown audit(JsonNode verification) {
        var intact = verification.path("intact").asBoolean(false);
        var entries = Looks.text(verification, "entries");
        var sentence = Looks.text(verification, "sentence");
        return intact
                ? said(
                        verification,
                        sentence.isEmpty()
                                ? "The log is intact: %s entries.".formatted(entries)
                                : sentence)
                : said(verification, "THE LOG IS NOT INTACT. " + sentence).ending(Exit.VIOLATION);
    }

    private String instant(Moment moment) {
        return moment.seenFrom(terminal.clock().instant()).toString();
    }

    private static String path(WorkloadName workload) {
        return "workloads/" + workload.namespace() + "/" + workload.name();
    }

    private static String path(EnforcerName enforcer) {
        return "enforcers/" + enforcer.kind() + "/" + enforcer.name();
    }

    private static String path(ResponderName responder) {
        return "responders/" + responder;
    }

    private static String path(ResponderName responder, SlackUser user) {
        return path(responder) + "/slack-users/" + user.team() + "/" + user.user();
    }
}
