package dev.firebreak.service.start;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.bootstrap.logging.InitialConfigurator;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;

/// Log lines for a machine, where `firebreak.log.format` says so: one JSON object a line.
@Singleton
class LogLines extends ExtFormatter {

    private static final String FORMAT = "firebreak.log.format";
    private static final int BEFORE_EVERYBODY = 1;

    private final ObjectMapper json = new ObjectMapper();

    /// Before anything else starts, and has something to say.
    void begin(@Observes @Priority(BEFORE_EVERYBODY) StartupEvent event) {
        if (areJson()) {
            for (var handler : InitialConfigurator.DELAYED_HANDLER.getHandlers()) {
                handler.setFormatter(this);
            }
        }
    }

    static boolean areJson() {
        var format = ConfigProvider.getConfig().getOptionalValue(FORMAT, String.class);
        return switch (format.orElse("text")) {
            case "json" -> true;
            case "text" -> false;
            default ->
                    throw new CannotStart(
                            "The setting %s is text or json, not '%s'."
                                    .formatted(FORMAT, format.orElseThrow()));
        };
    }

    @Override
    public String format(ExtLogRecord entry) {
        var line =
                json.createObjectNode()
                        .put("timestamp", entry.getInstant().toString())
                        .put("level", entry.getLevel().getName())
                        .put("logger", entry.getLoggerName())
                        .put("thread", entry.getThreadName())
                        .put("message", formatMessage(entry));
        entry.getMdcCopy().forEach((key, value) -> putOther(line, key, value));
        if (entry.getThrown() != null) {
            line.put("error", stackTrace(entry.getThrown()));
        }
        return line + System.lineSeparator();
    }

    private static void putOther(ObjectNode line, String key, String value) {
        if (!line.has(key)) {
            line.put(key, value);
        }
    }

    private static String stackTrace(Throwable thrown) {
        var text = new StringWriter();
        thrown.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
