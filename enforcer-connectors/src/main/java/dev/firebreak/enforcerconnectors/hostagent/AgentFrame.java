package dev.firebreak.enforcerconnectors.hostagent;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.enforcerconnectors.enforcer.Held;
import dev.firebreak.enforcerconnectors.enforcer.Observation.Seen;
import dev.firebreak.enforcerconnectors.enforcer.Receipt;
import dev.firebreak.enforcerconnectors.enforcer.Verification;
import dev.firebreak.enforcerconnectors.enforcer.Verification.Probe;
import dev.firebreak.enforcerconnectors.enforcer.Verification.Verdict;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What an agent says to us, as it is written on the wire, and what that means in our words. Lists
/// and texts that are missing are empty.
sealed interface AgentFrame {

    /// What its capabilities are the agent knows best itself; it refuses by them, and by its law.
    @JsonIgnoreProperties("capabilities")
    record Hello(
            int protocol,
            String enforcer,
            String agentVersion,
            String kernel,
            String bootId,
            long generation,
            @Nullable Law law, // null: it does not say
            int parts,
            List<Deny> denies)
            implements AgentFrame {
        public Hello {
            parts = Math.max(1, parts);
            enforcer = text(enforcer);
            agentVersion = text(agentVersion);
            kernel = text(kernel);
            bootId = text(bootId);
            denies = list(denies);
        }

        List<String> neverDeny() {
            return law == null ? List.of() : law.neverDeny().stream().map(Texts::line).toList();
        }
    }

    /// Of its law only what a plan can show beforehand.
    @JsonIgnoreProperties({"maxTtlMillis", "maxEntries"})
    record Law(List<String> neverDeny) {
        public Law {
            neverDeny = list(neverDeny);
        }
    }

    record PlanReceipt(
            long request,
            long generation,
            Outcome outcome,
            String code,
            String sentence,
            List<Deny> denies,
            List<String> dropped,
            List<String> unclaimed)
            implements AgentFrame {
        public PlanReceipt {
            Objects.requireNonNull(outcome, "outcome");
            code = text(code);
            sentence = text(sentence);
            denies = list(denies);
            dropped = list(dropped);
            unclaimed = list(unclaimed);
        }

        Receipt receipt() {
            return switch (outcome) {
                case APPLIED ->
                        new Receipt.Applied(generation, held(denies), ids(dropped), ids(unclaimed));
                case REJECTED -> new Receipt.Rejected(generation, code, sentence);
            };
        }
    }

    enum Outcome {
        APPLIED,
        REJECTED
    }

    record Verified(long generation, List<Measured> denies) implements AgentFrame {
        public Verified {
            denies = list(denies);
        }

        Verification verification() {
            return new Verification(
                    generation, denies.stream().map(Measured::measurement).toList());
        }
    }

    record Measured(
            String id, Reading probe, String detail, int sessionsDestroyed, int sessionsSurviving) {
        public Measured {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(probe, "probe");
        }

        Probe measurement() {
            var sessions = new Sessions(sessionsDestroyed, sessionsSurviving);
            return new Probe(new DenyId(id), probe.verdict(), text(detail), sessions);
        }
    }

    /// How a probe went, by its name on the wire.
    enum Reading {
        @JsonProperty("denied")
        DENIED,
        @JsonProperty("allowed")
        ALLOWED,
        @JsonProperty("not-possible")
        NOT_POSSIBLE;

        Verdict verdict() {
            return switch (this) {
                case DENIED -> Verdict.DENIED;
                case ALLOWED -> Verdict.ALLOWED;
                case NOT_POSSIBLE -> Verdict.NOT_POSSIBLE;
            };
        }
    }

    /// Everything that is held, or one part of it.
    record Observed(long request, long generation, int part, int parts, List<Deny> denies)
            implements AgentFrame {
        public Observed {
            part = Math.max(1, part);
            parts = Math.max(1, parts);
            denies = list(denies);
        }

        Seen seen(Instant at) {
            return new Seen(generation, held(denies), at);
        }
    }

    record Heartbeat(long generation, int count, String digest, long deniedPackets, long lostFlows)
            implements AgentFrame {
        public Heartbeat {
            digest = text(digest).toLowerCase(Locale.ROOT);
        }
    }

    record DeniedFlows(long sequence, List<Flow> flows, long lost) implements AgentFrame {
        public DeniedFlows {
            flows = list(flows);
        }
    }

    record Flow(
            String deny,
            String direction,
            String protocol,
            String peer,
            int port,
            long packets,
            long bytes,
            long firstAgoMillis,
            long lastAgoMillis,
            String fingerprint) {
        public Flow {
            Objects.requireNonNull(deny, "deny");
            Objects.requireNonNull(direction, "direction");
            Objects.requireNonNull(protocol, "protocol");
            Objects.requireNonNull(peer, "peer");
            Objects.requireNonNull(fingerprint, "fingerprint");
        }
    }

    /// It put right what somebody had changed in its kernel.
    record Repaired(int differences, int count, List<String> denies) implements AgentFrame {
        public Repaired {
            denies = list(denies);
            differences = Math.max(0, differences);
            count = Math.max(denies.size(), count);
        }

        /// Those of its denies that are called like ours.
        List<ContainmentId> containments() {
            return ids(denies).stream().flatMap(id -> id.containment().stream()).toList();
        }
    }

    /// A type that this version does not know; it is counted and otherwise ignored.
    record Unrecognised(String type) implements AgentFrame {}

    record Deny(
            String id,
            Held.State state,
            String code,
            String sentence,
            long remainingMillis,
            int entries,
            List<String> caveats,
            List<Gap> gaps) {
        public Deny {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(state, "state");
            code = text(code);
            sentence = text(sentence);
            caveats = list(caveats);
            gaps = list(gaps);
        }

        Held held() {
            return new Held(
                    new DenyId(id),
                    state,
                    code,
                    sentence,
                    Duration.ofMillis(Math.max(0, remainingMillis)),
                    entries,
                    caveats,
                    gaps.stream().map(Gap::unheld).toList());
        }
    }

    record Gap(String subject, String code, String sentence) {
        public Gap {
            Objects.requireNonNull(subject, "subject");
            code = text(code);
            sentence = text(sentence);
        }

        Held.Unheld unheld() {
            return new Held.Unheld(subject, code, sentence);
        }
    }

    private static List<Held> held(List<Deny> denies) {
        return denies.stream().map(Deny::held).toList();
    }

    private static List<DenyId> ids(List<String> ids) {
        return ids.stream().map(DenyId::new).toList();
    }

    /// JSON knows missing texts, our words do not.
    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }

    private static <T> List<T> list(@Nullable List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }
}
