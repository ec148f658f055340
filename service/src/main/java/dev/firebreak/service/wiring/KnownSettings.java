package dev.firebreak.service.wiring;

import dev.firebreak.chatops.grammar.Likeness;
import dev.firebreak.service.start.CannotStart;
import io.smallrye.config.EnvConfigSource;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/// A setting that nobody reads is a mistake that nobody notices: a slip in the name of the
/// protected scopes would protect nothing. So whatever is called ours has to be a setting.
public final class KnownSettings {

    private static final String PREFIX = "firebreak.";
    private static final String VARIABLE_PREFIX = "FIREBREAK_";

    /// What the launcher and the verbs on a terminal read.
    private static final Set<String> OF_OTHERS =
            Set.of("FIREBREAK_CA", "FIREBREAK_JAVA_OPTIONS", "FIREBREAK_TOKEN", "FIREBREAK_URL");

    /// Kubernetes tells every container of a service `x` in such variables where it is, and ours is
    /// likely to be called firebreak.
    private static final String SERVICE_HOST = "_SERVICE_HOST";

    private KnownSettings() {}

    /// Throws [CannotStart] where something is called like a setting and is none.
    public static void check(Config config, Set<String> variables) {
        var strangers =
                Stream.concat(
                                variables.stream().filter(each -> isStranger(each, variables)),
                                properties(config).filter(KnownSettings::isStranger))
                        .collect(Collectors.toCollection(TreeSet::new));
        if (!strangers.isEmpty()) {
            throw new CannotStart(
                    strangers.stream().map(KnownSettings::sentence).collect(Collectors.joining(" "))
                            + " All are listed in docs/reference/settings.md.");
        }
    }

    /// As they are written in a file, from `firebreak.` on.
    static Set<String> names() {
        return names(PREFIX, Settings.class).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> names(String prefix, Class<?> group) {
        return Arrays.stream(group.getMethods())
                .flatMap(method -> {
                    var name = prefix + kebab(method.getName());
                    var type = method.getReturnType();
                    return type.isInterface() && type.getEnclosingClass() == Settings.class
                            ? names(name + ".", type)
                            : Stream.of(name);
                });
    }

    /// Of files and of the command line; what is made of variables there is looked at as a
    /// variable.
    private static Stream<String> properties(Config config) {
        var names = new TreeSet<String>();
        for (var source : config.getConfigSources()) {
            if (!(source instanceof EnvConfigSource)) {
                names.addAll(source.getPropertyNames());
            }
        }
        return names.stream().filter(name -> name.startsWith(PREFIX));
    }

    private static boolean isStranger(String property) {
        return !names().contains(property.replaceFirst("\\[\\d+]$", ""));
    }

    private static boolean isStranger(String variable, Set<String> all) {
        var isCalledOurs = variable.toUpperCase(Locale.ROOT).startsWith(VARIABLE_PREFIX);
        return isCalledOurs
                && !OF_OTHERS.contains(variable)
                && !isOfSetting(variable)
                && !isOfKubernetes(variable, all);
    }

    /// All in small letters is read as well.
    private static boolean isOfSetting(String variable) {
        var plain = variable.replaceFirst("_\\d+_$", "");
        return variables().stream()
                .anyMatch(known ->
                        plain.equals(known) || plain.equals(known.toLowerCase(Locale.ROOT)));
    }

    private static boolean isOfKubernetes(String variable, Set<String> all) {
        return all.stream()
                .filter(each -> each.endsWith(SERVICE_HOST))
                .map(each -> each.substring(0, each.length() - SERVICE_HOST.length()))
                .anyMatch(service ->
                        variable.matches(
                                Pattern.quote(service) + "_(SERVICE_HOST|(SERVICE_)?PORT(_.*)?)"));
    }

    private static Set<String> variables() {
        return names().stream()
                .map(KnownSettings::variable)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String variable(String name) {
        return name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static String sentence(String stranger) {
        var guess =
                nearest(stranger, stranger.startsWith(PREFIX) ? names() : variables())
                        .map(" Did you mean %s?"::formatted)
                        .orElse("");
        return "%s is no setting of Firebreak.%s".formatted(stranger, guess);
    }

    private static Optional<String> nearest(String stranger, Set<String> known) {
        var byRest = known.stream().collect(Collectors.toMap(KnownSettings::rest, each -> each));
        return Likeness.nearest(rest(stranger), byRest.keySet()).map(byRest::get);
    }

    /// What tells one setting from another.
    private static String rest(String name) {
        return name.substring(PREFIX.length()).toLowerCase(Locale.ROOT);
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
