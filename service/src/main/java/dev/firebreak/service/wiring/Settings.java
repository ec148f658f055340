package dev.firebreak.service.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Everything an operator may set, under `firebreak.`; docs/reference/settings.md lists it.
@ConfigMapping(prefix = "firebreak")
public interface Settings {

    /// The data directory; `--data`.
    Path data();

    /// Where people reach this service, as shown to them.
    @WithDefault("http://127.0.0.1:8080/")
    String url();

    /// The folder Firebreak was built in, where the host agent's jar is.
    Optional<Path> home();

    /// Scopes that no deny may touch, in the grammar's words: `workload/infra/dns`, `cidr/10.0.0.53/32`.
    Optional<List<String>> protectedScopes();

    /// How long a second person has to say yes.
    @WithDefault("10m")
    Duration approvalWindow();

    LimitSettings limits();

    Agents agents();

    LocalEnforcer localEnforcer();

    Database database();

    Slack slack();

    Kafka kafka();

    LogSettings log();

    /// What each role may order alone; what is left out keeps its default.
    interface LimitSettings {
        RoleLimits responder();

        RoleLimits approver();

        RoleLimits admin();
    }

    interface RoleLimits {
        Optional<Duration> shortest();

        Optional<Duration> longest();

        Optional<Integer> members();

        Optional<Double> share();

        Optional<Integer> shareCountsAbove();
    }

    interface Agents {
        @WithDefault("127.0.0.1")
        String address();

        @WithDefault("7443")
        int port();

        /// Further names and addresses under which agents reach this service.
        Optional<List<String>> names();

        @WithDefault("24h")
        Duration certificateLife();

        @WithDefault("15m")
        Duration tokenLife();

        /// Silence longer than this makes what an enforcer holds unknown.
        @WithDefault("30s")
        Duration silentAfter();
    }

    interface LocalEnforcer {
        @WithDefault("true")
        boolean enabled();

        /// The name it is enrolled under, `host/NAME`; this machine's host name when left out.
        Optional<String> name();

        /// Where on the cgroup2 mount it attaches; the mount itself when left out.
        Optional<Path> cgroupRoot();
    }

    /// A PostgreSQL of your own; without a URL one is started under the data directory.
    interface Database {
        Optional<String> url();

        Optional<String> username();

        Optional<String> password();

        Optional<String> ownerUsername();

        Optional<String> ownerPassword();
    }

    interface Slack {
        Optional<String> signingSecret();

        /// The secret before the last rotation, good as long as it is set.
        Optional<String> previousSigningSecret();

        Optional<String> botToken();

        /// The channel that deny cards are posted in.
        Optional<String> channel();

        @WithDefault("https://slack.com/api/")
        String apiUrl();
    }

    interface Kafka {
        Optional<String> bootstrapServers();

        @WithDefault("firebreak.events")
        String topic();
    }

    interface LogSettings {
        /// `text` for a person at night, `json` for a machine.
        @WithDefault("text")
        String format();
    }
}
