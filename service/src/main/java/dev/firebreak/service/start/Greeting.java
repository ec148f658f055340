package dev.firebreak.service.start;

import dev.firebreak.eventlog.term.EnforcerName;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// All that somebody needs who sees it for the first time; its commands can be typed as they stand.
///
/// @param unusual the data directory, where it is not the one that is looked in by itself
record Greeting(String url, Optional<Path> unusual, String token, String enforcer) {

    /// What a shell takes as it is.
    private static final Pattern PLAIN = Pattern.compile("[\\w./:@+=-]+");

    static Greeting withEnforcer(
            String url, Optional<Path> unusual, String token, EnforcerName name) {
        return new Greeting(
                url,
                unusual,
                token,
                "%s, of this machine, connects in a moment: %s"
                        .formatted(name, typed("enforcers", unusual)));
    }

    List<String> lines() {
        return List.of(
                "Firebreak is ready: " + url,
                "  console   open that address in a browser; any user name, and a token as the"
                        + " password",
                "  token     " + token,
                "  terminal  " + typed("status", unusual),
                "  enforcer  " + enforcer);
    }

    private static String typed(String verb, Optional<Path> unusual) {
        return "./firebreak "
                + verb
                + unusual.map(data -> " --data " + quoted(data.toString())).orElse("");
    }

    private static String quoted(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
