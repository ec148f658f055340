package dev.firebreak.chatops.slack;

import java.time.Instant;

/// Which of Slack's signatures were used. Kept outside the process, so that each works once, over
/// restarts and over replicas. Throws [dev.firebreak.chatops.Unavailable] when it cannot be
/// reached.
public interface UsedSignatures {

    /// True for one asker alone, once. False for all when no more can be remembered: forgetting one
    /// early would let it work again.
    boolean use(SlackSignature signature, Instant now);
}
