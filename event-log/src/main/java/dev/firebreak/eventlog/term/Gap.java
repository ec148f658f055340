package dev.firebreak.eventlog.term;

/// Something the ask covers and no enforcer can hold, with the reason as a sentence.
public record Gap(String what, String why) {}
