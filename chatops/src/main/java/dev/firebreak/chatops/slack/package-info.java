/// Slack: who really wrote, what they see, and one card for each containment. Start at
/// [SlackEndpoint] for what comes in and at [CardBoard] for what goes out.
@NullMarked
package dev.firebreak.chatops.slack;

import org.jspecify.annotations.NullMarked;
