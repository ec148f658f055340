package dev.firebreak.hostagent.deny;

/// Something asked for breaks the law or cannot be held: a stable code and a sentence for a
/// responder.
public record Refusal(String code, String sentence) {}
