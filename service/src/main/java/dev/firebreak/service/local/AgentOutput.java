package dev.firebreak.service.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.jboss.logging.Logger;

/// What the agent says, in the service's own log.
final class AgentOutput {

    private static final Logger LOG = Logger.getLogger("firebreak.agent");

    private AgentOutput() {}

    static void relay(Process agent) {
        Thread.ofVirtual().name("agent-output").start(() -> relayUntilEnd(agent));
    }

    private static void relayUntilEnd(Process agent) {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(agent.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                LOG.info(line);
            }
        } catch (IOException _) {
            // The agent has ended, and with it what it had to say.
        }
    }
}
