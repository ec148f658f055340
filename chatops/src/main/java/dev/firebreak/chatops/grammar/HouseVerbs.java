package dev.firebreak.chatops.grammar;

import static dev.firebreak.chatops.grammar.ContainmentVerbs.reason;
import static dev.firebreak.chatops.grammar.Verb.verb;

import dev.firebreak.eventlog.term.CgroupPath;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.ClusterName;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.InvalidTerm;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Owner;
import dev.firebreak.eventlog.term.Placement;
import dev.firebreak.eventlog.term.WorkloadName;
import java.util.ArrayList;
import java.util.List;

/// The verbs about what there is: workloads and enforcers, and automation as a whole.
final class HouseVerbs {

    static final List<Verb> ALL =
            List.of(
                    verb(
                                    "deploy",
                                    "NS/NAME --env ENV [--owner TEAM] [--label k=v]… [--host NAME --cgroup PATH]"
                                            + " [--pods SELECTOR --cluster NAME] [--eni ID] [--address IP]",
                                    "records where a workload runs",
                                    "deploy payments/checkout --env production --owner payments"
                                            + " --host web-1 --cgroup /payments/checkout")
                            .argument("NS/NAME")
                            .required("--env", "ENV")
                            .value("--owner", "TEAM")
                            .values("--label", "k=v")
                            .values("--host", "NAME")
                            .values("--cgroup", "PATH")
                            .value("--pods", "SELECTOR")
                            .value("--cluster", "NAME")
                            .values("--eni", "ID")
                            .values("--address", "IP")
                            .makes(HouseVerbs::deploy),
                    verb(
                                    "retire",
                                    "NS/NAME --reason TEXT",
                                    "records that a workload is gone",
                                    "retire payments/checkout --reason moved to the cluster")
                            .argument("NS/NAME")
                            .required("--reason", "TEXT")
                            .makes(given ->
                                    new Request.Retire(
                                            given.at(0, WorkloadName::parse), reason(given))),
                    verb("workloads", "", "lists the workloads that are known", "workloads")
                            .makes(_ -> new Request.ListWorkloads()),
                    verb(
                                    "freeze",
                                    "--reason TEXT",
                                    "stops automations; people can still act, and every end still comes",
                                    "freeze --reason runaway webhook")
                            .required("--reason", "TEXT")
                            .makes(given -> new Request.Freeze(reason(given))),
                    verb(
                                    "thaw",
                                    "--reason TEXT",
                                    "lets automations act again",
                                    "thaw --reason webhook fixed")
                            .required("--reason", "TEXT")
                            .makes(given -> new Request.Thaw(reason(given))),
                    verb("enforcers", "", "lists the enforcers and how they are", "enforcers")
                            .makes(_ -> new Request.ListEnforcers()),
                    verb(
                                    "enforcers enrol",
                                    "KIND/NAME",
                                    "makes a one-time token for a new enforcer",
                                    "enforcers enrol host/web-1")
                            .fromTerminalOnly()
                            .argument("KIND/NAME")
                            .makes(given ->
                                    new Request.EnrolEnforcer(given.at(0, EnforcerName::parse))),
                    verb(
                                    "enforcers revoke",
                                    "KIND/NAME --reason TEXT",
                                    "takes an enforcer's certificate away",
                                    "enforcers revoke host/web-1 --reason host was stolen")
                            .fromTerminalOnly()
                            .argument("KIND/NAME")
                            .required("--reason", "TEXT")
                            .makes(given ->
                                    new Request.RevokeEnforcer(
                                            given.at(0, EnforcerName::parse), reason(given))));

    private HouseVerbs() {}

    private static Request deploy(Given given) {
        return new Request.Deploy(
                given.at(0, WorkloadName::parse),
                given.required("--env", Environment::new),
                given.given("--owner").map(Owner::new).orElse(Owner.UNKNOWN).text(),
                labels(given),
                placements(given));
    }

    private static Labels labels(Given given) {
        var each = given.each("--label", text -> text);
        return each.isEmpty() ? Labels.NONE : Labels.parse(String.join(",", each));
    }

    private static List<Placement> placements(Given given) {
        var placements = new ArrayList<Placement>();
        placements.addAll(onHosts(given));
        given.given("--pods").ifPresent(pods -> placements.add(pods(given, pods)));
        placements.addAll(given.list("--eni", Placement.NetworkInterface::new));
        placements.addAll(
                given.list("--address", text -> new Placement.Address(CidrBlock.parse(text))));
        if (placements.isEmpty()) {
            throw new InvalidTerm(
                    "Where does it run? Give --host NAME --cgroup PATH, --pods SELECTOR --cluster NAME,"
                            + " --eni ID or --address IP.");
        }
        return placements;
    }

    /// The same cgroup on each of the hosts.
    private static List<Placement> onHosts(Given given) {
        var hosts = given.list("--host", HostName::new);
        var cgroups = given.each("--cgroup", CgroupPath::new);
        if (hosts.isEmpty() != cgroups.isEmpty()) {
            throw new InvalidTerm(
                    "--host and --cgroup belong together: --host web-1 --cgroup /payments/checkout.");
        }
        return hosts.stream()
                .flatMap(host ->
                        cgroups.stream()
                                .<Placement>map(cgroup -> new Placement.OnHost(host, cgroup)))
                .toList();
    }

    private static Placement pods(Given given, String selector) {
        var cluster =
                given.given("--cluster")
                        .orElseThrow(() ->
                                new InvalidTerm(
                                        "--pods needs --cluster NAME: which cluster are they in?"));
        return new Placement.Pods(new ClusterName(cluster), Labels.parse(selector));
    }
}
