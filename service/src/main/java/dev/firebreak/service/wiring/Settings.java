package dev.firebreak.service.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Everything an operator may set, under `firebreak.`. The reference in docs/reference/settings.md
/// is made from here, and a test holds the two equal.
@ConfigMapping(prefix = "firebreak")
public interface Settings {

    @Says("The data directory; set by --data.")
    Path data();

    @Says("Where people reach this service, as shown to them; set by --address and --port.")
    @WithDefault("http://127.0.0.1:8080/")
    String url();

    @Says("The folder Firebreak was built in, where the host agent is; set by the launcher.")
    Optional<Path> home();

    @Says(
            "Scopes that no deny may touch, for example workload/infra/dns or cidr/10.0.0.53/32. Only"
                    + " an admin deploys or retires a workload so that it no longer falls under one"
                    + " by its name, labels, environment or tenant.")
    Optional<List<String>> protectedScopes();

    @Says("How long a second person has to say yes; after that the answer is no.")
    @WithDefault("10m")
    Duration approvalWindow();

    Limits limits();

    Agents agents();

    LocalEnforcer localEnforcer();

    Database database();

    Slack slack();

    Kafka kafka();

    Log log();

    /// What each role may order alone; what is left out keeps its default.
    interface Limits {
        RoleLimits responder();

        RoleLimits approver();

        RoleLimits admin();
    }

    interface RoleLimits {
        @Says("The shortest time to live this role may ask for (1m).")
        Optional<Duration> shortest();

        @Says(
                "The longest time this role may keep a deny for from now on (4h; approver, admin 24h).")
        Optional<Duration> longest();

        @Says("How many workloads it may cut off alone (5; approver, admin 25).")
        Optional<Integer> members();

        @Says("What share of the fleet it may cut off alone (0.10; approver, admin 0.25).")
        Optional<Double> share();

        @Says("The share counts only above this many workloads (2).")
        Optional<Integer> shareCountsAbove();
    }

    interface Agents {
        @Says("Address that host agents dial; set by --agents-address.")
        @WithDefault("127.0.0.1")
        String address();

        @Says("Port that host agents dial, always mTLS; set by --agents-port.")
        @WithDefault("7443")
        int port();

        @Says("Names and addresses under which agents of other hosts reach this service.")
        Optional<List<String>> names();

        @Says("How long an agent's certificate lasts; it is renewed at two thirds of that.")
        @WithDefault("24h")
        Duration certificateLife();

        @Says("How long an enrolment token is good.")
        @WithDefault("15m")
        Duration tokenLife();

        @Says("Silence longer than this makes what an enforcer holds unknown.")
        @WithDefault("30s")
        Duration silentAfter();
    }

    interface LocalEnforcer {
        @Says("Whether to enforce on this machine, too; unset by --without-local-enforcer.")
        @WithDefault("true")
        boolean enabled();

        @Says(
                "The name it is enrolled under at first, and keeps; this machine's host name when left out.")
        Optional<String> name();

        @Says("Where on the cgroup2 mount it attaches; the mount itself when left out.")
        Optional<Path> cgroupRoot();
    }

    interface Database {
        @Says("JDBC URL of a PostgreSQL of your own; without it one runs under the data directory.")
        Optional<String> url();

        @Says("The application's role: it can add to the log and never change it.")
        Optional<String> username();

        @Says("The application's password.")
        Optional<String> password();

        @Says("The schema's owner, for migrations; left out where another replica migrates.")
        Optional<String> ownerUsername();

        @Says("The owner's password.")
        Optional<String> ownerPassword();
    }

    interface Slack {
        @Says("Signing secret of the Slack app; Slack is off without it.")
        Optional<String> signingSecret();

        @Says("The signing secret before the last rotation, good for as long as it is set.")
        Optional<String> previousSigningSecret();

        @Says("Bot token, xoxb-…")
        Optional<String> botToken();

        @Says("Id of the channel that deny cards are posted in, C…")
        Optional<String> channel();

        @Says("Base address of Slack's API, for proxies and stand-ins.")
        @WithDefault("https://slack.com/api/")
        String apiUrl();
    }

    interface Kafka {
        @Says("Brokers to publish the log to, as host:port,host:port; off without it.")
        Optional<String> bootstrapServers();

        @Says("The topic that events are published in.")
        @WithDefault("firebreak.events")
        String topic();
    }

    interface Log {
        @Says("text for a person at night, json for a machine.")
        @WithDefault("text")
        String format();
    }
}
