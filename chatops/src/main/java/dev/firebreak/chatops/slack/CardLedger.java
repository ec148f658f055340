package dev.firebreak.chatops.slack;

import dev.firebreak.eventlog.term.ContainmentId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Which message in Slack is whose card. Kept outside the process, so that after a restart, and by
/// whichever replica, the same message is updated. Throws [dev.firebreak.chatops.Unavailable] when
/// it cannot be reached.
public interface CardLedger {

    /// `message` is Slack's timestamp of the message, empty until it was posted; `shown` tells what
    /// it shows; `over` that nothing more can come.
    record Card(
            ContainmentId containment, String channel, String message, String shown, boolean over) {

        /// Nothing posted yet.
        public static Card in(String channel, ContainmentId containment) {
            return new Card(containment, channel, "", "", false);
        }

        public boolean isPosted() {
            return !message.isEmpty();
        }
    }

    Optional<Card> find(ContainmentId containment);

    /// Chooses the channel of a card; without effect once it was posted.
    void choose(ContainmentId containment, String channel);

    /// Takes the right to post or update this card until then; false while another replica has it.
    boolean claim(ContainmentId containment, String by, Instant now, Instant until);

    /// Remembers what Slack shows now and gives the claim back.
    void save(Card card, Instant now);

    /// Those that were posted or wait to be and are not over, the newest first.
    List<ContainmentId> unfinished(int limit);
}
