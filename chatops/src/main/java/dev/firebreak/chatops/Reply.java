package dev.firebreak.chatops;

import dev.firebreak.chatops.grammar.Request;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Plan;
import dev.firebreak.eventlog.term.PlanHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What is answered: sentences for people, and cards that each surface draws in its own way.
public record Reply(Tone tone, List<String> sentences, List<Card> cards) {

    public Reply {
        sentences = List.copyOf(sentences);
        cards = List.copyOf(cards);
    }

    /// How it went.
    public enum Tone {
        SHOWN,
        DONE,
        /// The rules say no, or it was not understood: nothing has changed.
        REFUSED,
        /// The world said no; the sentences tell what is known.
        FAILED
    }

    /// A thing to look at.
    public sealed interface Card {

        /// What a request would come to. `laws` are those of its enforcers that would refuse it or
        /// leave something open, `hindered` those of its enforcers that would hold nothing of it
        /// now, with the reason; `apply` is there when it can be ordered as shown, `standing` when
        /// the same was asked for before and is not over.
        record OfPlan(
                ContainmentId containment,
                Plan plan,
                Map<EnforcerName, String> laws,
                Map<EnforcerName, String> hindered,
                Optional<Offer> apply,
                Optional<String> secondPerson,
                Optional<ContainmentReading> standing)
                implements Card {
            public OfPlan {
                laws = Map.copyOf(laws);
                hindered = Map.copyOf(hindered);
            }
        }

        record OfContainment(ContainmentReading reading) implements Card {}

        record OfLines(String title, List<String> lines) implements Card {
            public OfLines {
                lines = List.copyOf(lines);
            }
        }
    }

    /// A request that waits for somebody to say "apply" to exactly the plan that was shown.
    public record Offer(Request.Contain request, PlanHash looked) {}

    static Reply shown(String sentence, Card... cards) {
        return new Reply(Tone.SHOWN, List.of(sentence), List.of(cards));
    }

    static Reply done(String sentence, Card... cards) {
        return new Reply(Tone.DONE, List.of(sentence), List.of(cards));
    }

    public static Reply refused(String... sentences) {
        return new Reply(Tone.REFUSED, List.of(sentences), List.of());
    }

    public static Reply failed(String... sentences) {
        return new Reply(Tone.FAILED, List.of(sentences), List.of());
    }
}
