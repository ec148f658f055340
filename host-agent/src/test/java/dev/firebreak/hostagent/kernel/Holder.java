package dev.firebreak.hostagent.kernel;

import dev.firebreak.hostagent.deny.Deny;
import dev.firebreak.hostagent.deny.Direction;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.Subject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// An agent process that a test kills: it puts many denies, says when the first and the last end,
/// and waits for its end.
final class Holder {

    private Holder() {}

    public static void main(String[] arguments) throws InterruptedException {
        String name = arguments[0];
        Subject subject = new Subject.Cgroup(arguments[1]);
        int count = Integer.parseInt(arguments[2]);
        Duration ttl = Duration.ofMillis(Long.parseLong(arguments[3]));
        int port = Integer.parseInt(arguments[4]);
        KernelEnforcer kernel = KernelEnforcer.open(Placement.wholeMachine(name));
        for (int i = 0; i < count; i++) {
            var deny =
                    new Deny(
                            "held-" + i,
                            ttl,
                            List.of(subject),
                            Direction.BOTH,
                            List.of(Prefix.parse(address(i))),
                            List.of(Denies.tcp(port)));
            kernel.put(deny);
        }
        long first = kernel.expiry("held-0").orElseThrow();
        long last = kernel.expiry("held-" + (count - 1)).orElseThrow();
        long held = kernel.observe().size();
        System.out.println(held + " " + first + " " + last);
        new CountDownLatch(1).await();
    }

    static String address(int i) {
        return "127.9." + i / 250 + "." + (1 + i % 250);
    }

    static Process start(List<String> before, String... arguments) throws java.io.IOException {
        List<String> command = new java.util.ArrayList<>(before);
        command.addAll(
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
