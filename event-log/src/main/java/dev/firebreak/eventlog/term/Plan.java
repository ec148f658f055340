package dev.firebreak.eventlog.term;

import java.util.List;

/// What an ask comes to at the moment it is drawn up: who holds which part, who cannot be held, how
/// much is touched, and which protected scopes stand in the way. What is approved is this, by its
/// hash.
public record Plan(
        Ask ask, List<Part> parts, List<Gap> gaps, Reach reach, List<String> protectedBy) {

    public Plan {
        parts = List.copyOf(parts);
        gaps = List.copyOf(gaps);
        protectedBy = List.copyOf(protectedBy);
    }

    /// Equal exactly when two plans cut the same things by the same enforcers. Plans from before
    /// neighbours were looked for name none, and keep the hash that they were approved by.
    public PlanHash hash() {
        return PlanHash.ofCanonical(
                String.join(
                                "|",
                                ask.canonical(),
                                parts.toString(),
                                gaps.toString(),
                                Integer.toString(reach.members()),
                                protectedBy.toString())
                        + (reach.neighbours().isEmpty() ? "" : "|" + reach.neighbours()));
    }
}
