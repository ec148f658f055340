package dev.firebreak.chatops.slack;

import dev.firebreak.eventlog.term.Responder;
import dev.firebreak.eventlog.term.SlackUser;
import java.util.Optional;

/// Who somebody in Slack is here, asked anew for every command and every button, so that a person
/// who was dismissed a second ago is nobody.
@FunctionalInterface
public interface SlackIdentities {

    Optional<Responder> responder(SlackUser user);
}
