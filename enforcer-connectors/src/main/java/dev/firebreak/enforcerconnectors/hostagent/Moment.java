package dev.firebreak.enforcerconnectors.hostagent;

/// A moment by a [FrameClock], in nanoseconds from nowhere: moments under two names say nothing
/// about each other. Agents tell by it how long a frame was under way.
record Moment(String clock, long nanos) {}
