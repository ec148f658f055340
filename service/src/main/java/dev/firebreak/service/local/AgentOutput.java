package dev.firebreak.service.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/// What the agent says, in the service's own log.
final class AgentOutput {

    private static final Logger LOG = Logger.getLogger("firebreak.agent");

    /// As the agent begins its lines: `2026-11-23T13:58:00.123Z `.
    private static final Pattern TIME =
            Pattern.compile("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?Z ");

    /// What an agent that has ended still had to say is in the pipe already.
    private static final Duration HEARD_WITHIN = Duration.ofSeconds(1);

    private final Thread relay;
    private volatile String lastWords = "";

    private AgentOutput(Process agent) {
        relay = Thread.ofVirtual().name("agent-output").start(() -> relayUntilEnd(agent));
    }

    static AgentOutput relay(Process agent) {
        return new AgentOutput(agent);
    }

    /// The last line of an agent that has ended; empty when it went without a word.
    String lastWords() throws InterruptedException {
        relay.join(HEARD_WITHIN);
        return lastWords;
    }

    /// The log puts the time before each line; the agent's own would be a second one.
    static String untimed(String line) {
        return TIME.matcher(line).replaceFirst("");
    }

    private void relayUntilEnd(Process agent) {
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(agent.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var said = untimed(line);
                LOG.info(said);
                if (!isFrame(said)) {
                    lastWords = said;
                }
            }
        } catch (IOException _) {
            // The agent has ended, and with it what it had to say.
        }
    }

    /// A line of a stack trace explains nothing by itself.
    private static boolean isFrame(String said) {
        return said.isBlank() || Character.isWhitespace(said.charAt(0));
    }
}
