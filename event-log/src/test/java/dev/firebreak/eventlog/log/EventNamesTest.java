package dev.firebreak.eventlog.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.eventlog.event.Event;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What is stored for ever must not change by accident: names, and the JSON of every event.
class EventNamesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final String SUFFIX = ".json";

    private final EventJson json = new EventJson(Upcasters.PRESENT);

    @Test
    void every_record_of_every_family_has_a_name() throws Exception {
        var records = families().flatMap(EventNamesTest::records).toList();

        assertThat(records).hasSizeGreaterThan(30).contains(Samples.silent("a").getClass());
        assertThat(EventNames.all().keySet()).isEqualTo(java.util.Set.copyOf(records));
    }

    @Test
    void names_are_used_once() {
        assertThat(EventNames.all().values().stream().map(EventName::name)).doesNotHaveDuplicates();
    }

    @TestFactory
    Stream<DynamicTest> each_event_is_written_as_ever() {
        return EventNames.all().entrySet().stream()
                .map(named ->
                        DynamicTest.dynamicTest(
                                named.getValue().toString(),
                                () -> isWrittenAsEver(named.getKey(), named.getValue())));
    }

    /// Also the forms of the past, once there are any.
    @TestFactory
    Stream<DynamicTest> each_form_that_was_ever_written_is_read() throws IOException {
        try (var files = Files.list(GOLDEN)) {
            return files.toList().stream()
                    .map(file ->
                            DynamicTest.dynamicTest(
                                    file.getFileName().toString(), () -> isRead(file)));
        }
    }

    private void isWrittenAsEver(Class<? extends Event> record, EventName name) throws Exception {
        var event = Specimens.of(record);
        var written = EventJson.bytes(event);
        var golden = GOLDEN.resolve(name.name() + "." + name.revision() + SUFFIX);
        if (Boolean.getBoolean("golden.write") && !Files.exists(golden)) {
            Files.createDirectories(GOLDEN);
            Files.write(golden, written);
        }

        assertThat(golden)
                .as(
                        "A new event? Run once with -Dgolden.write=true. A changed one? Raise its"
                                + " revision in EventNames, add an Upcaster, keep the old file.")
                .exists();
        assertThat(new String(written, UTF_8)).isEqualTo(Files.readString(golden));
        assertThat(json.event(name, written)).isEqualTo(event);
    }

    private void isRead(Path file) throws Exception {
        var parts = file.getFileName().toString().replace(SUFFIX, "").split("\\.", -1);
        var name = new EventName(parts[0] + "." + parts[1], Integer.parseInt(parts[2]));

        assertThat(json.event(name, Files.readAllBytes(file))).isInstanceOf(Event.class);
    }

    private static Stream<Class<?>> families() throws URISyntaxException, IOException {
        var source = Objects.requireNonNull(Event.class.getProtectionDomain().getCodeSource());
        var classes = Path.of(source.getLocation().toURI());
        var root = classes.resolve(Event.class.getPackageName().replace('.', '/'));
        try (var files = Files.walk(root)) {
            return files
                    .filter(file -> file.toString().endsWith("Event.class"))
                    .<Class<?>>map(file -> load(classes.relativize(file)))
                    .filter(type -> type.isSealed() && Event.class.isAssignableFrom(type))
                    .toList()
                    .stream();
        }
    }

    private static Class<?> load(Path file) {
        var name = file.toString().replace('/', '.').replaceAll("\\.class$", "");
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException broken) {
            throw new IllegalStateException(name, broken);
        }
    }

    private static Stream<Class<?>> records(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventNamesTest::records)
                : Stream.of(type);
    }
}
