package dev.firebreak.eventlog.term;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// One place where denies are held, by kind and name: `host/web-1`, later `aws/prod-eu`.
public record EnforcerName(String kind, String name) {

    public EnforcerName {
        Words.name("kind of enforcer", kind);
        Words.name("enforcer name", name);
    }

    @JsonCreator
    public static EnforcerName parse(String text) {
        var parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new InvalidTerm(
                    "'%s' is not an enforcer: write KIND/NAME, for example host/web-1."
                            .formatted(Words.printable(text)));
        }
        return new EnforcerName(parts[0], parts[1]);
    }

    /// The host agent that enforces on a host.
    public static EnforcerName onHost(HostName host) {
        return new EnforcerName("host", host.value());
    }

    @Override
    @JsonValue
    public String toString() {
        return kind + "/" + name;
    }
}
