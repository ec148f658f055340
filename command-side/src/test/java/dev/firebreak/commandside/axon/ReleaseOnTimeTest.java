package dev.firebreak.commandside.axon;

import static dev.firebreak.commandside.Cast.ROB;
import static dev.firebreak.commandside.axon.Requests.alarm;
import static dev.firebreak.commandside.axon.Requests.expire;
import static dev.firebreak.commandside.axon.Requests.id;
import static dev.firebreak.commandside.axon.Requests.plan;
import static dev.firebreak.commandside.axon.Requests.sentBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.commandside.alarm.HeapAlarms;
import dev.firebreak.commandside.alarm.SteadyClock;
import dev.firebreak.commandside.command.Outcome.Already;
import dev.firebreak.commandside.containment.ContainmentCommand.RequestContainment;
import dev.firebreak.commandside.containment.ReleaseAlarm;
import dev.firebreak.commandside.containment.ReleaseSweep;
import dev.firebreak.commandside.guardrail.Guardrails;
import dev.firebreak.commandside.guardrail.KnownFacts;
import dev.firebreak.commandside.guardrail.Limits;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentOrdered;
import dev.firebreak.eventlog.event.containment.ContainmentEvent.ContainmentReleased;
import dev.firebreak.eventlog.event.containment.ReleaseCause;
import dev.firebreak.eventlog.log.LogEntry;
import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.IncidentId;
import dev.firebreak.eventlog.term.Reason;
import dev.firebreak.eventlog.term.Ttl;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real alarms of two replicas over one real log.
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ReleaseOnTimeTest {

    private static final int MANY = 50;

    private static final Limits FROM_A_SECOND =
            new Limits(Duration.ofSeconds(1), Duration.ofHours(4), 5, 0.1, 2);

    private static final Guardrails GUARDRAILS =
            new Guardrails(
                    FROM_A_SECOND,
                    FROM_A_SECOND,
                    FROM_A_SECOND,
                    Duration.ofMinutes(10),
                    KnownFacts.QUIET);

    private final SteadyClock clock = new SteadyClock();
    private final TestLog database = TestLog.fresh();
    private final PostgresLog replica = database.onAnotherReplica();
    private final AxonCommands one = new AxonCommands(database.log(), GUARDRAILS);
    private final AxonCommands other = new AxonCommands(replica, GUARDRAILS);

    @AfterEach
    void close() {
        one.close();
        other.close();
        replica.close();
        database.close();
    }

    @Test
    void alarms_on_two_replicas_end_each_containment_once_and_none_early() throws Exception {
        var released = new CountDownLatch(MANY);
        try (var alarms = new HeapAlarms(clock);
                var otherAlarms = new HeapAlarms(clock);
                var _ = database.log().follow("one", 0, new ReleaseAlarm(one, alarms, clock, 0));
                var _ = replica.follow("other", 0, new ReleaseAlarm(other, otherAlarms, clock, 0));
                var _ = database.log().follow("test", 0, entries -> count(entries, released))) {
            for (var i = 0; i < MANY; i++) {
                one.send(request(i), sentBy(ROB));
            }
            released.await();
        }

        var ends = new HashMap<ContainmentId, Instant>();
        for (var entry : database.log().read(0, PostgresLog.MAX_EVENTS)) {
            switch (entry.event()) {
                case ContainmentOrdered ordered ->
                        ends.put(ordered.containment(), ordered.expiresAt());
                case ContainmentReleased end -> {
                    assertThat(end.cause()).isEqualTo(ReleaseCause.EXPIRY);
                    assertThat(end.at())
                            .as("not early, and removed by the first release only")
                            .isAfterOrEqualTo(ends.remove(end.containment()));
                }
                default -> {}
            }
        }
        assertThat(ends).isEmpty();
    }

    @Test
    void what_no_alarm_ended_the_sweep_of_either_replica_ends_once() {
        one.send(request(1), sentBy(ROB));
        var end = end(id(1));
        var sweep = new ReleaseSweep(database.log()::read, one, () -> end);
        var otherSweep = new ReleaseSweep(replica::read, other, () -> end);

        assertThat(sweep.sweep().ended()).isEqualTo(1);
        assertThat(otherSweep.sweep().overdue()).isZero();
        assertThat(other.send(expire(1, end), alarm())).isInstanceOf(Already.class);
    }

    private Instant end(ContainmentId containment) {
        return database.log().read(0, PostgresLog.MAX_EVENTS).stream()
                .map(LogEntry::event)
                .filter(ContainmentOrdered.class::isInstance)
                .map(ContainmentOrdered.class::cast)
                .filter(ordered -> ordered.containment().equals(containment))
                .findFirst()
                .orElseThrow()
                .expiresAt();
    }

    private RequestContainment request(int number) {
        return new RequestContainment(
                id(number),
                plan(number, 1),
                Ttl.parse("1s"),
                new Reason("beacons"),
                IncidentId.NONE,
                ROB,
                clock.instant());
    }

    private static void count(Iterable<LogEntry> entries, CountDownLatch released) {
        for (var entry : entries) {
            if (entry.event() instanceof ContainmentReleased) {
                released.countDown();
            }
        }
    }
}
