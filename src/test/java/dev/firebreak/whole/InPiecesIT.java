package dev.firebreak.whole;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One responder who asks for many small containments instead of a large one, all at once.
class InPiecesIT {
    private static final int WORKLOADS = 60;
    private static final int PIECES = 30;

    /// What a responder may cut off alone in a fleet of this size.
    private static final int ALONE = 5;

    @TempDir private Path folder;

    @Test
    void thirty_pieces_are_no_more_than_one_whole_without_a_second_person() throws Exception {
        prepare();
        try (var firebreak =
                Instance.start(folder.resolve("data"), Map.of(), "--without-local-enforcer")) {
            var fleet = new Fleet(firebreak);
            fleet.settle(
                    IntStream.range(0, WORKLOADS)
                            .mapToObj(i -> "shop/w" + i)
                            .toArray(String[]::new));
            var rob = fleet.enlist("rob", "responder");

            var states = inPieces(firebreak, rob);

            var waiting =
                    states.stream().filter(answer -> answer.contains("awaiting-approval")).toList();
            assertThat(states).hasSize(PIECES);
            assertThat(states.stream().filter(answer -> answer.contains("\"orderedAt\":\"")))
                    .hasSize(ALONE);
            assertThat(waiting).isNotEmpty();
            assertThat(waiting)
                    .allSatisfy(answer ->
                            assertThat(answer)
                                    .contains(
                                            "together with the 5 that rob has cut off alone already,"
                                                    + " it touches 6 workloads"));
            assertThat(plan(firebreak, rob))
                    .contains("\"approval\":\"together with the 5 that rob");
        }
    }

    private static List<String> inPieces(Instance firebreak, String token) throws Exception {
        try (var hands = Executors.newFixedThreadPool(PIECES)) {
            var asked = new ArrayList<Future<String>>();
            for (var i = 0; i < PIECES; i++) {
                var body =
                        "{\"subject\":\"shop/w%d\",\"ttl\":\"10m\",\"reason\":\"odd\"}"
                                .formatted(i);
                asked.add(hands.submit(() -> post(firebreak, token, "containments", body)));
            }
            var answers = new ArrayList<String>();
            for (var each : asked) {
                answers.add(each.get());
            }
            return answers;
        }
    }

    private static String plan(Instance firebreak, String token) {
        return post(firebreak, token, "plans", "{\"subject\":\"shop/w50\"}");
    }

    private static String post(Instance firebreak, String token, String what, String body) {
        var request =
                firebreak
                        .anonymous("/api/v1/" + what)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        return firebreak.send(request).body();
    }

    /// As root, PostgreSQL runs under an account that must be able to pass through.
    private void prepare() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
    }
}
