package dev.firebreak.service.console;

import io.quarkus.qute.TemplateInstance;
import java.util.List;

/// What stands on the page, ready to be read; the template only sets it. Public, as all that the
/// template engine reads.
public record ConsolePage(
        String asOf,
        String who,
        String role,
        String url,
        List<String> warnings,
        List<Contained> contained,
        List<Waiting> waiting,
        List<Enforcer> enforcers)
        implements TemplateInstance {

    public ConsolePage {
        warnings = List.copyOf(warnings);
        contained = List.copyOf(contained);
        waiting = List.copyOf(waiting);
        enforcers = List.copyOf(enforcers);
    }

    /// `tone` is good, bad or open: whether it holds, does not hold everywhere, or is under way.
    public record Contained(
            String id,
            String tone,
            String state,
            String subject,
            String cut,
            String sentence,
            String remaining,
            String by,
            String reason,
            String incident) {}

    public record Waiting(
            String id,
            String subject,
            String cut,
            String because,
            String remaining,
            String by,
            String reason) {}

    public record Enforcer(
            String name,
            String tone,
            String state,
            String sentence,
            String denies,
            String heard,
            String version) {}
}
