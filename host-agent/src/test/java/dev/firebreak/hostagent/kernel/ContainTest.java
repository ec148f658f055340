package dev.firebreak.hostagent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Held;
import dev.firebreak.hostagent.deny.PortRange;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.Protocol;
import dev.firebreak.hostagent.deny.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContainTest {

    @Test
    void first() {
        Path mount = Mounts.cgroup2();
        Placement placement = Placement.wholeMachine("test/first");
        try (var a = Cell.start(mount.resolve("firebreak-test-a"));
                var b = Cell.start(mount.resolve("firebreak-test-b"))) {
            System.out.println(b.does("listen 127.0.0.1 7001"));
            System.out.println(b.does("listen 127.0.0.1 7002"));
            System.out.println(a.does("connect s 127.0.0.1 7001"));
            System.out.println(a.does("echo s"));
            long t = System.nanoTime();
            KernelEnforcer k = KernelEnforcer.open(placement);
            System.out.println("open ms " + (System.nanoTime() - t) / 1000000.0);
            t = System.nanoTime();
            Deny deny =
                    new Deny(
                            "d1",
                            Duration.ofSeconds(60),
                            List.of(new Subject.Cgroup("/firebreak-test-a")),
                            Direction.BOTH,
                            List.of(Prefix.parse("127.0.0.1")),
                            List.of(new PortRange(Protocol.TCP, 7001, 7001)));
            Held held = k.put(deny);
            System.out.println("put ms " + (System.nanoTime() - t) / 1000000.0 + held);
            System.out.println(a.does("echo s"));
            System.out.println(k.endSessions(deny));
            System.out.println(a.does("echo s"));
            System.out.println(a.does("connect t 127.0.0.1 7001"));
            System.out.println(a.does("connect u 127.0.0.1 7002"));
            System.out.println(b.does("connect u 127.0.0.1 7001"));
            System.out.println(k.drainFlows() + " " + k.drainFlows() + k.deniedPackets());
            k.drop("d1");
            System.out.println(a.does("connect v 127.0.0.1 7001"));
            System.out.println(k.usage());
            k.remove();
            assertThat(held.state()).isEqualTo(Held.State.HELD);
        }
    }
}
