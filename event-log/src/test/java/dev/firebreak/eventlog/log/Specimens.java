package dev.firebreak.eventlog.log;

import static java.util.Map.entry;

import dev.firebreak.eventlog.event.Event;
import dev.firebreak.eventlog.term.CgroupPath;
import dev.firebreak.eventlog.term.CidrBlock;
import dev.firebreak.eventlog.term.ClusterName;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.Environment;
import dev.firebreak.eventlog.term.HostName;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Labels;
import dev.firebreak.eventlog.term.Peer;
import dev.firebreak.eventlog.term.Placement.NetworkInterface;
import dev.firebreak.eventlog.term.PlanHash;
import dev.firebreak.eventlog.term.Ports;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.ResponderName;
import dev.firebreak.eventlog.term.Scope;
import dev.firebreak.eventlog.term.SlackUser;
import dev.firebreak.eventlog.term.Ttl;
import dev.firebreak.eventlog.term.WorkloadName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// One specimen of every event, made from its record so that a new one needs nothing here; only
/// words with a spelling of their own are spelled out.
final class Specimens {

    private static final Map<Type, Object> WORDS =
            Map.ofEntries(
                    entry(String.class, "some text with \"quotes\" and ünïcode"),
                    entry(long.class, 7L),
                    entry(int.class, 443),
                    entry(Instant.class, Instant.parse("2026-11-23T12:00:00.123456789Z")),
                    entry(CgroupPath.class, new CgroupPath("/payments/checkout")),
                    entry(CidrBlock.class, CidrBlock.parse("203.0.113.0/24")),
                    entry(ClusterName.class, new ClusterName("eu-1")),
                    entry(ContainmentId.class, ContainmentId.parse("C-7F3K9QX")),
                    entry(EnforcerName.class, EnforcerName.parse("host/web-1")),
                    entry(Environment.class, new Environment("production")),
                    entry(HostName.class, new HostName("web-1")),
                    entry(IncidentId.class, new IncidentId("INC-42")),
                    entry(Labels.class, Labels.parse("team=payments,tier=1")),
                    entry(NetworkInterface.class, new NetworkInterface("eni-0a1b2c")),
                    entry(Peer.class, Peer.parse("cidr/2001:db8::/32")),
                    entry(PlanHash.class, new PlanHash("0123456789abcdef".repeat(4))),
                    entry(Ports.class, Ports.parse("443,8000-8099/udp,icmp")),
                    entry(Reason.class, new Reason("suspicious egress")),
                    entry(ResponderName.class, new ResponderName("ann")),
                    entry(Scope.class, Scope.parse("payments/checkout")),
                    entry(SlackUser.class, SlackUser.parse("T0001/U2147483697")),
                    entry(Ttl.class, Ttl.parse("1h30m")),
                    entry(WorkloadName.class, WorkloadName.parse("payments/checkout")));

    private Specimens() {}

    static Event of(Class<? extends Event> record) {
        return record.cast(specimen(record));
    }

    private static Object specimen(Type type) {
        var word = WORDS.get(type);
        if (word != null) {
            return word;
        }
        return switch (type) {
            case ParameterizedType list when list.getRawType() == List.class ->
                    list(list.getActualTypeArguments()[0]);
            case Class<?> record when record.isRecord() -> record(record);
            case Class<?> choice when choice.isEnum() -> choice.getEnumConstants()[0];
            case Class<?> family when family.isSealed() ->
                    specimen(family.getPermittedSubclasses()[0]);
            default -> throw new IllegalStateException("Specimens needs a sample of " + type);
        };
    }

    /// One of each kind where there are kinds.
    private static List<Object> list(Type element) {
        if (!WORDS.containsKey(element)
                && element instanceof Class<?> family
                && family.isSealed()) {
            return Arrays.stream(family.getPermittedSubclasses()).map(Specimens::specimen).toList();
        }
        return List.of(specimen(element));
    }

    private static Object record(Class<?> record) {
        var components = record.getRecordComponents();
        var types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        var values =
                Arrays.stream(components)
                        .map(component -> specimen(component.getGenericType()))
                        .toArray();
        try {
            var constructor = record.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException broken) {
            throw new IllegalStateException("no specimen of " + record, broken);
        }
    }
}
