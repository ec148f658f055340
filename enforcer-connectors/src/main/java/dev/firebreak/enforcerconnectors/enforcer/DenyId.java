package dev.firebreak.enforcerconnectors.enforcer;

import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.InvalidTerm;
import java.util.Optional;

/// What a deny is called where it is held. What we order is called after its containment; an
/// enforcer may report others, and those are still nameable, or they could never be dropped.
public record DenyId(String value) implements Comparable<DenyId> {

    private static final int MAX_LENGTH = 128;

    public DenyId {
        if (value.isEmpty()
                || value.length() > MAX_LENGTH
                || !value.chars().allMatch(DenyId::isVisibleAscii)) {
            throw new InvalidTerm("A deny is called by 1 to 128 visible ASCII characters.");
        }
    }

    public static DenyId of(ContainmentId containment) {
        return new DenyId(containment.value());
    }

    /// The containment it may belong to, if it is called like one.
    public Optional<ContainmentId> containment() {
        try {
            return Optional.of(new ContainmentId(value));
        } catch (InvalidTerm _) {
            return Optional.empty();
        }
    }

    private static boolean isVisibleAscii(int character) {
        return character > ' ' && character < 0x7f;
    }

    @Override
    public int compareTo(DenyId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
