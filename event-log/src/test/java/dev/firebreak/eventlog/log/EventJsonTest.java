package dev.firebreak.eventlog.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.EnforcementReported;
import dev.firebreak.eventlog.event.enforcer.EnforcerEvent.EnforcerSilent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventJsonTest {

    private static final String OLD_REPORT = "containment.enforcement-reported.1.json";

    private static final EventName SILENT = new EventName("enforcer.silent", 1);
    private static final String JSON =
            """
            {"at":"2026-11-23T12:00:00.123456789Z","enforcer":"host/a","lastHeardAt":"2026-11-23T12:00:00.123456789Z"}\
            """;

    private final EventJson json = new EventJson(Upcasters.PRESENT);

    @Test
    void an_event_is_plain_json_with_its_properties_in_order() {
        assertThat(new String(EventJson.bytes(Samples.silent("a")), UTF_8)).isEqualTo(JSON);
    }

    @Test
    void the_bytes_do_not_depend_on_where_they_are_written() {
        var zone = TimeZone.getDefault();
        var locale = Locale.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
            Locale.setDefault(Locale.of("tr", "TR"));
            assertThat(new String(EventJson.bytes(Samples.silent("a")), UTF_8)).isEqualTo(JSON);
        } finally {
            TimeZone.setDefault(zone);
            Locale.setDefault(locale);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"text\"",
                "{}",
                "{\"at\":",
                "{\"at\":1,\"enforcer\":\"host/a\",\"lastHeardAt\":2}",
                "{\"at\":\"2026-11-23\",\"enforcer\":\"host/a\",\"lastHeardAt\":\"2026-11-23\"}",
                "{\"at\":\"2026-11-23T12:00:00Z\",\"enforcer\":\"host/a\"}",
                "{\"at\":null,\"enforcer\":\"host/a\",\"lastHeardAt\":\"2026-11-23T12:00:00Z\"}",
                "{\"at\":\"2026-11-23T12:00:00Z\",\"enforcer\":\"not an enforcer\",\"lastHeardAt\":\"2026-11-23T12:00:00Z\"}",
                "{\"at\":\"2026-11-23T12:00:00Z\",\"at\":\"2026-11-23T12:00:00Z\",\"enforcer\":\"host/a\",\"lastHeardAt\":\"2026-11-23T12:00:00Z\"}",
                "{\"@class\":\"java.net.URL\",\"at\":\"2026-11-23T12:00:00Z\",\"enforcer\":\"host/a\",\"lastHeardAt\":\"2026-11-23T12:00:00Z\"}",
                "{\"at\":\"2026-11-23T12:00:00Z\",\"enforcer\":\"host/a\",\"lastHeardAt\":\"2026-11-23T12:00:00Z\"} x"
            })
    void anything_else_is_unreadable(String text) {
        assertThatThrownBy(() -> json.event(SILENT, text.getBytes(UTF_8)))
                .isInstanceOf(EventJson.Unreadable.class);
    }

    @Test
    void bytes_that_are_no_utf_8_are_unreadable() {
        assertThatThrownBy(() -> json.event(SILENT, new byte[] {'{', '"', (byte) 0xC3, '"'}))
                .isInstanceOf(EventJson.Unreadable.class);
    }

    @Test
    void json_nested_deeper_than_any_event_is_unreadable() {
        var deep = "[".repeat(10_000);

        assertThatThrownBy(() -> json.event(SILENT, deep.getBytes(UTF_8)))
                .isInstanceOf(EventJson.Unreadable.class);
    }

    @Test
    void a_name_or_revision_of_another_release_is_unreadable() {
        assertThatThrownBy(() -> json.event(new EventName("enforcer.silent", 2), bytes(JSON)))
                .hasMessageContaining("enforcer.silent/2 is not known");
        assertThatThrownBy(() -> json.event(new EventName("flows.dreamt", 1), bytes(JSON)))
                .hasMessageContaining("flows.dreamt/1 is not known");
    }

    /// The pattern for the first real one: two steps, a renamed property and one that was added.
    @Test
    void older_forms_are_lifted_step_by_step_to_the_present_one() throws EventJson.Unreadable {
        var old = new EventName("enforcer.quiet", 1);
        var upcasters =
                new Upcasters(
                        List.of(
                                step(
                                        old,
                                        new EventName("enforcer.quiet", 2),
                                        node -> node.set("enforcer", node.remove("agent"))),
                                step(
                                        new EventName("enforcer.quiet", 2),
                                        SILENT,
                                        node -> node.set("lastHeardAt", node.get("at")))));

        var event =
                new EventJson(upcasters)
                        .event(
                                old,
                                bytes("{\"agent\":\"host/a\",\"at\":\"2026-11-23T12:00:00Z\"}"));

        assertThat(event)
                .isInstanceOfSatisfying(
                        EnforcerSilent.class,
                        silent -> {
                            assertThat(silent.enforcer()).hasToString("host/a");
                            assertThat(silent.lastHeardAt()).isEqualTo(silent.at());
                        });
    }

    @Test
    void an_older_report_left_nobody_open_by_name() throws Exception {
        var old = Files.readAllBytes(Path.of("src/test/resources/golden", OLD_REPORT));

        var event = json.event(new EventName("containment.enforcement-reported", 1), old);

        assertThat(((EnforcementReported) event).reports())
                .singleElement()
                .satisfies(report -> {
                    assertThat(report.gaps()).isEmpty();
                    assertThat(report.caveats()).hasSize(1);
                });
    }

    @Test
    void upcasters_that_run_in_a_circle_are_refused_at_the_start() {
        var one = new EventName("a.b", 1);
        var two = new EventName("a.b", 2);
        var circle = List.of(step(one, two, _ -> {}), step(two, one, _ -> {}));

        assertThatThrownBy(() -> new Upcasters(circle)).hasMessageContaining("circle");
    }

    @Test
    void an_event_larger_than_the_log_takes_is_refused_before_it_is_sent() {
        var wordy =
                Specimens.of(
                        dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused.class);
        assertThat(EventJson.bytes(wordy)).hasSizeLessThan(EventJson.MAX_BYTES);
        var huge =
                new dev.firebreak.eventlog.event.control.ControlEvent.CommandRefused(
                        "x".repeat(EventJson.MAX_BYTES),
                        "",
                        "",
                        "",
                        "",
                        Samples.ANN,
                        0,
                        Samples.NOON);

        assertThatThrownBy(() -> EventJson.bytes(huge))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("control.command-refused");
    }

    private interface Change {
        void on(ObjectNode node);
    }

    private static Upcaster step(EventName from, EventName to, Change change) {
        return new Upcaster() {
            @Override
            public EventName from() {
                return from;
            }

            @Override
            public EventName to() {
                return to;
            }

            @Override
            public ObjectNode lift(ObjectNode old) {
                change.on(old);
                return old;
            }
        };
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
