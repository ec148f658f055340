package dev.firebreak.eventlog.term;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The kinds of scopes as people misremember them: in another word, or with another sign behind it.
public final class ScopeKinds {

    private static final Pattern KIND_AND_NAME =
            Pattern.compile("(?<kind>[A-Za-z-]{1,20})[:=/](?<name>.+)");

    private static final Map<String, String> KINDS =
            Map.ofEntries(
                    Map.entry("workload", "workload"),
                    Map.entry("workloads", "workload"),
                    Map.entry("host", "host"),
                    Map.entry("hosts", "host"),
                    Map.entry("node", "host"),
                    Map.entry("label", "label"),
                    Map.entry("labels", "label"),
                    Map.entry("env", "env"),
                    Map.entry("envs", "env"),
                    Map.entry("environment", "env"),
                    Map.entry("environments", "env"),
                    Map.entry("tenant", "tenant"),
                    Map.entry("tenants", "tenant"),
                    Map.entry("cidr", "cidr"),
                    Map.entry("ip", "cidr"),
                    Map.entry("address", "cidr"),
                    Map.entry("subnet", "cidr"),
                    Map.entry("sg", "sg"),
                    Map.entry("security-group", "sg"),
                    Map.entry("db", "db"),
                    Map.entry("role", "db"));

    private ScopeKinds() {}

    /// Whether something else stands where the slash behind the kind belongs.
    static boolean hasOtherSign(String start) {
        return start.indexOf(':') >= 0 || start.indexOf('=') >= 0;
    }

    /// The scope that was probably meant: `env/prod` for `env:prod` and for `environment/prod`;
    /// only one that can be read, and never what was typed.
    public static Optional<String> meant(String text) {
        var typed = KIND_AND_NAME.matcher(text);
        if (!typed.matches()) {
            return Optional.empty();
        }
        return Optional.ofNullable(KINDS.get(typed.group("kind").toLowerCase(Locale.ROOT)))
                .map(kind -> kind + "/" + typed.group("name"))
                .filter(meant -> !meant.equals(text))
                .filter(ScopeKinds::isScope);
    }

    private static boolean isScope(String text) {
        try {
            return text.equals(Scope.parse(text).toString());
        } catch (InvalidTerm _) {
            return false;
        }
    }
}
