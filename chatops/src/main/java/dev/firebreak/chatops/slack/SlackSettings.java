package dev.firebreak.chatops.slack;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/// How Firebreak and Slack know each other. During a rotation two signing secrets are live: the new
/// one first. `channel` is where cards go when the command came from elsewhere. Without a bot token
/// commands are answered, and no card is posted.
public record SlackSettings(
        List<Secret> signingSecrets,
        Optional<Secret> botToken,
        URI apiUrl,
        Optional<String> channel) {

    public static final URI SLACK = URI.create("https://slack.com/api/");

    public static final int MAX_SIGNING_SECRETS = 2;

    public SlackSettings {
        signingSecrets = List.copyOf(signingSecrets);
        if (signingSecrets.isEmpty() || signingSecrets.size() > MAX_SIGNING_SECRETS) {
            throw new IllegalArgumentException("one signing secret, or two during a rotation");
        }
        if (!apiUrl.getPath().endsWith("/")) {
            apiUrl = URI.create(apiUrl + "/");
        }
    }
}
