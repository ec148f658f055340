package dev.firebreak.service.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/// What the agent says, in the service's own log.
final class AgentOutput {

    private static final Logger LOG = Logger.getLogger("firebreak.agent");

    /// As the agent begins its lines: `2026-11-23T13:58:00.123Z `.
    private static final Pattern TIME =
            Pattern.compile("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z ");

    private AgentOutput() {}

    /// The log puts the time before each line; the agent's own would be a second one.
    static String untimed(String line) {
        return TIME.matcher(line).replaceFirst("");
    }

    static void relay(Process agent) {
        Thread.ofVirtual().name("agent-output").start(() -> relayUntilEnd(agent));
    }

    private static void relayUntilEnd(Process agent) {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(agent.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.info(untimed(line));
            }
        } catch (IOException _) {
            // The agent has ended, and with it what it had to say.
        }
    }
}
