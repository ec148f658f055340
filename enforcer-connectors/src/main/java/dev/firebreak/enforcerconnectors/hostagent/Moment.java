package dev.firebreak.enforcerconnectors.hostagent;

/// A moment by a steady clock of ours, which is named: moments of two clocks say nothing about each
/// other. Agents tell by it how long a frame was under way.
record Moment(String clock, long nanos) {}
