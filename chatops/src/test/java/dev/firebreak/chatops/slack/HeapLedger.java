package dev.firebreak.chatops.slack;

import dev.firebreak.eventlog.term.ContainmentId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Cards in memory, as one replica would see them.
final class HeapLedger implements CardLedger {

    final Map<ContainmentId, Card> cards = new ConcurrentHashMap<>();

    @Override
    public Optional<Card> find(ContainmentId containment) {
        return Optional.ofNullable(cards.get(containment));
    }

    @Override
    public void choose(ContainmentId containment, String channel) {
        cards.merge(
                containment,
                Card.in(channel, containment),
                (old, chosen) -> old.isPosted() ? old : chosen);
    }

    @Override
    public boolean claim(ContainmentId containment, String by, Instant now, Instant until) {
        return true;
    }

    @Override
    public void save(Card card, Instant now) {
        cards.put(card.containment(), card);
    }

    @Override
    public List<ContainmentId> unfinished(int limit) {
        return cards.values().stream()
                .filter(card -> !card.over())
                .map(Card::containment)
                .limit(limit)
                .toList();
    }
}
