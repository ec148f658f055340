package dev.firebreak.queryside.projection;

/// A view was given entries that do not follow on what it has; going on would be a gap.
final class MissingEntries extends IllegalStateException {
    MissingEntries(long position, long next) {
        super("views are at %d and were given %d next".formatted(position, next));
    }
}
