package dev.firebreak.enforcerconnectors.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.enforcerconnectors.enforcer.Attachment;
import dev.firebreak.enforcerconnectors.enforcer.DenyId;
import dev.firebreak.enforcerconnectors.enforcer.Digest;
import dev.firebreak.enforcerconnectors.enforcer.FakeEnforcer;
import dev.firebreak.eventlog.term.ContainmentId;
import dev.firebreak.eventlog.term.EnforcerName;
import dev.firebreak.eventlog.term.PartState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever the line does, in the end an enforcer holds what the log implies and the log says so. A
/// seed is a whole story, and the same seed the same story.
class ConvergenceTest {

    private static final int STEPS = 120;
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private record Running(Instant end) {}

    private final Map<ContainmentId, Running> running = new HashMap<>();
    private final List<ContainmentId> ended = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597})
    void the_final_state_is_the_models(long seed) {
        var random = new Random(seed);
        var world = new World(seed);
        var web1 = world.enrol("web-1");
        var agent = world.agent(web1);
        world.start();
        var line = new BadLine(agent, world.time, random);
        var attachment = attach(world, agent, line);

        for (var step = 0; step < STEPS; step++) {
            live(world, web1, agent, random, step);
            if (random.nextInt(20) == 0) {
                attachment.detached();
                line.close("cut");
                world.time.pass(Duration.ofSeconds(random.nextInt(60)));
                line = new BadLine(agent, world.time, random);
                attachment = attach(world, agent, line);
            }
            world.time.pass(Duration.ofMillis(random.nextInt(8_000)));
            attachment.heard(agent.seen().generation(), Digest.of(agent.ids()));
        }
        line.mend();
        for (var beat = 0; beat < 12; beat++) {
            world.time.pass(HEARTBEAT);
            attachment.heard(agent.seen().generation(), Digest.of(agent.ids()));
        }
        world.time.pass(Duration.ofSeconds(1));

        assertThat(agent.ids())
                .isEqualTo(running.keySet().stream().map(DenyId::of).collect(Collectors.toSet()));
        running.forEach((id, deny) -> {
            assertThat(agent.inForce().get(DenyId.of(id)))
                    .extracting(rule -> rule.expiresAt())
                    .isEqualTo(deny.end());
            assertThat(world.state(id, web1)).isEqualTo(PartState.HELD);
        });
        assertThat(ended)
                .allSatisfy(id -> assertThat(world.state(id, web1)).isEqualTo(PartState.LIFTED));
    }

    /// Something happens, in the log or behind our back.
    private void live(World world, EnforcerName host, FakeEnforcer agent, Random random, int step) {
        switch (random.nextInt(6)) {
            case 0, 1 -> {
                var life = Duration.ofHours(2);
                var id = world.order(host, "10.0.%d.0/24".formatted(step), life);
                running.put(id, new Running(world.time.now().plus(life)));
            }
            case 2 ->
                    any(random)
                            .forEach(id -> {
                                running.remove(id);
                                ended.add(id);
                                world.release(id);
                            });
            case 3 ->
                    any(random)
                            .forEach(id -> {
                                var end = world.time.now().plus(Duration.ofHours(3));
                                running.put(id, new Running(end));
                                world.extend(id, end);
                            });
            case 4 -> any(random).forEach(id -> agent.remove(DenyId.of(id)));
            default ->
                    agent.plant(new DenyId("stranger-" + random.nextInt(5)), Duration.ofHours(1));
        }
    }

    private List<ContainmentId> any(Random random) {
        var all =
                running.keySet().stream().sorted((a, b) -> a.value().compareTo(b.value())).toList();
        return all.isEmpty() ? List.of() : List.of(all.get(random.nextInt(all.size())));
    }

    private static Attachment attach(World world, FakeEnforcer agent, BadLine line) {
        var attachment = world.dispatcher().attach(line, agent.seen());
        world.time.settle();
        return attachment;
    }
}
