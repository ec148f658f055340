/// Slack's door into the service, where Slack is configured. Start reading at [SlackRoom].
@NullMarked
package dev.firebreak.service.slack;

import org.jspecify.annotations.NullMarked;
