package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// The allow-list of the house: which room may use which rooms and libraries. What is not in the
/// table is not allowed, and a class that lives in no known room is an error too.
class WhoMayImportWhomTest {

    private static final String HOUSE = "dev.firebreak.";

    /// Libraries that any room may use.
    private static final Set<String> EVERYWHERE =
            Set.of("java", "javax.net", "javax.security", "javax.crypto", "org.jspecify");

    /// In the order data flows; imports only point back up.
    private static final List<Room> ROOMS =
            List.of(
                    room(
                            "embeddedpostgres",
                            "",
                            "com.sun.security.auth.module org.apache.commons org.tukaani.xz"),
                    room(
                            "eventlog",
                            "",
                            "com.fasterxml.jackson inet.ipaddr javax.sql io.cloudevents"
                                    + " org.apache.kafka org.axonframework org.postgresql org.slf4j"),
                    room("segmentation", "eventlog", "org.slf4j"),
                    room(
                            "commandside",
                            "eventlog",
                            "com.fasterxml.jackson com.google.errorprone.annotations"
                                    + " org.axonframework org.slf4j"),
                    room(
                            "enforcerconnectors",
                            "eventlog segmentation commandside",
                            "com.fasterxml.jackson io.netty io.vertx org.bouncycastle org.slf4j"),
                    room(
                            "queryside",
                            "eventlog segmentation",
                            "com.fasterxml.jackson jakarta.persistence javax.sql org.hibernate"
                                    + " org.slf4j"),
                    room(
                            "chatops",
                            "eventlog commandside queryside",
                            "com.fasterxml.jackson com.slack.api com.google.gson javax.sql picocli"
                                    + " org.slf4j"),
                    room("hostagent", "", "com.fasterxml.jackson picocli"),
                    room("cli", "eventlog chatops", "com.fasterxml.jackson picocli"),
                    room(
                            "service",
                            "embeddedpostgres eventlog segmentation commandside enforcerconnectors"
                                    + " queryside chatops",
                            "com.fasterxml.jackson io.agroal io.micrometer io.quarkus io.smallrye"
                                    + " io.vertx jakarta javax.sql org.eclipse.microprofile"
                                    + " org.flywaydb org.jboss org.postgresql org.quartz org.slf4j picocli"),
                    room(
                            "bench",
                            "embeddedpostgres eventlog segmentation commandside queryside hostagent",
                            "com.fasterxml.jackson io.agroal.api javax.sql org.HdrHistogram"
                                    + " org.axonframework org.flywaydb org.postgresql org.quartz"
                                    + " picocli"));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.firebreak");

    private record Room(String name, Set<String> rooms, Set<String> libraries) {}

    @TestFactory
    Stream<DynamicTest> every_room_uses_only_what_the_table_allows() {
        return ROOMS.stream()
                .map(room -> DynamicTest.dynamicTest(room.name(), () -> keepsTheRules(room)));
    }

    @Test
    void every_class_lives_in_a_known_room() {
        var known = ROOMS.stream().map(Room::name).collect(Collectors.toSet());
        var strays =
                CLASSES.stream()
                        .filter(type -> roomOf(type).filter(known::contains).isEmpty())
                        .map(JavaClass::getName)
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(strays).isEmpty();
        assertThat(CLASSES.size()).isGreaterThan(100);
    }

    @Test
    void the_table_itself_only_points_back_up() {
        var order = ROOMS.stream().map(Room::name).toList();

        assertThat(ROOMS)
                .allSatisfy(room ->
                        assertThat(room.rooms())
                                .allSatisfy(other ->
                                        assertThat(order.indexOf(other))
                                                .isGreaterThanOrEqualTo(0)
                                                .isLessThan(order.indexOf(room.name()))));
    }

    private static void keepsTheRules(Room room) {
        var offences =
                CLASSES.stream()
                        .filter(type -> roomOf(type).filter(room.name()::equals).isPresent())
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .filter(use -> !allowed(room, use.getTargetClass().getBaseComponentType()))
                        .map(use ->
                                use.getOriginClass().getName()
                                        + " uses "
                                        + use.getTargetClass().getName())
                        .collect(Collectors.toCollection(TreeSet::new));

        assertThat(offences).isEmpty();
    }

    private static boolean allowed(Room room, JavaClass target) {
        if (target.isPrimitive()) {
            return true;
        }
        return roomOf(target)
                .map(other -> other.equals(room.name()) || room.rooms().contains(other))
                .orElseGet(() ->
                        Stream.concat(EVERYWHERE.stream(), room.libraries().stream())
                                .anyMatch(library -> isIn(target.getPackageName(), library)));
    }

    private static boolean isIn(String packageName, String library) {
        return packageName.equals(library) || packageName.startsWith(library + ".");
    }

    private static Optional<String> roomOf(JavaClass type) {
        var name = type.getPackageName();
        if (!name.startsWith(HOUSE)) {
            return Optional.empty();
        }
        var rest = name.substring(HOUSE.length());
        var dot = rest.indexOf('.');
        return Optional.of(dot < 0 ? rest : rest.substring(0, dot));
    }

    private static Room room(String name, String rooms, String libraries) {
        return new Room(name, words(rooms), words(libraries));
    }

    private static Set<String> words(String text) {
        return Arrays.stream(text.split("\\s+"))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }
}
