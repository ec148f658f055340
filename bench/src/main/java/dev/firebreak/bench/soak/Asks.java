package dev.firebreak.bench.soak;

import dev.firebreak.bench.instance.Answer;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/// What one client asks for: deployments mostly, and containments that it later releases.
final class Asks {

    private static final int SHARE_CONTAIN = 15;
    private static final int SHARE_RELEASE = 15;

    private final String name;
    private final SplittableRandom random;
    private final boolean contains;
    private final ArrayDeque<String> running = new ArrayDeque<>();
    private int count;

    /// @param contains whether there is an enforcer, without which nothing can be contained
    Asks(String name, SplittableRandom random, boolean contains) {
        this.name = name;
        this.random = random;
        this.contains = contains;
    }

    /// @param target the stream it is about; empty where only the answer tells
    record Ask(String path, String body, String key, String target) {
        String stream(Answer answer) {
            return target.isEmpty() ? "containment/" + answer.json().path("id").asText() : target;
        }
    }

    Ask next() {
        count++;
        var dice = random.nextInt(100);
        if (contains && dice < SHARE_RELEASE && !running.isEmpty()) {
            return release(running.remove());
        }
        return contains && dice < SHARE_RELEASE + SHARE_CONTAIN ? contain() : deploy();
    }

    void accepted(Ask ask, Answer answer) {
        if (ask.path().endsWith("/containments")) {
            running.add(answer.json().path("id").asText());
        }
    }

    private Ask deploy() {
        var workload = "soak/%s-%d".formatted(name, count);
        return new Ask(
                "/api/v1/workloads",
                """
                {"workload": "%s", "environment": "soak", "owner": "nobody",
                 "placements": [{"kind": "cgroup", "host": "elsewhere", "cgroup": "/%s"}]}
                """
                        .formatted(workload, workload),
                key(),
                "workload/" + workload);
    }

    /// Every time another peer, so that no two are the same containment; and for longer than a soak
    /// takes, or a release would find it ended and be answered without an event of its own.
    private Ask contain() {
        return new Ask(
                "/api/v1/containments",
                """
                {"subject": "%s", "peer": "cidr/2001:db8:%x:%x::/64", "direction": "egress",
                 "ttl": "4h", "reason": "soak"}
                """
                        .formatted(Soak.CONTAINED, name.hashCode() & 0xffff, count & 0xffff),
                key(),
                "");
    }

    private Ask release(String containment) {
        return new Ask(
                "/api/v1/containments/%s/releases".formatted(containment),
                """
                {"reason": "soak"}
                """,
                key(),
                "containment/" + containment);
    }

    private String key() {
        return "soak-%s-%d".formatted(name, count);
    }
}
