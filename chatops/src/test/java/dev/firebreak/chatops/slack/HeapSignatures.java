package dev.firebreak.chatops.slack;

import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Used signatures in memory; nothing is forgotten.
final class HeapSignatures implements UsedSignatures {

    private final Set<String> used = ConcurrentHashMap.newKeySet();

    /// What happens before each answer.
    volatile Runnable beforeAnswer = () -> {};

    @Override
    public boolean use(SlackSignature signature, Instant now) {
        beforeAnswer.run();
        return used.add(signature.digest());
    }
}
