package dev.firebreak.chatops;

import static dev.firebreak.chatops.Situation.ASK;
import static dev.firebreak.chatops.Situation.ID;
import static dev.firebreak.chatops.Situation.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firebreak.chatops.ContainmentReading.State;
import dev.firebreak.eventlog.term.PartState;
import dev.firebreak.queryside.containment.ContainmentState;
import dev.firebreak.queryside.containment.ContainmentView;
import dev.firebreak.queryside.containment.ContainmentView.PartView;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SeenContainmentTest {

    private final Situation situation = new Situation();

    @ParameterizedTest
    @EnumSource(State.class)
    void a_view_is_read_back_into_the_words_it_was_made_of(State state) {
        var reading = situation.reading(state);

        assertThat(SeenContainment.reading(view(reading))).isEqualTo(reading);
    }

    private static ContainmentView view(ContainmentReading reading) {
        var part = reading.parts().getFirst();
        return new ContainmentView(
                ID.value(),
                "deny",
                ASK.subject().toString(),
                ASK.peer().toString(),
                "egress",
                ASK.ports().toString(),
                ContainmentState.valueOf(reading.state().name()),
                reading.stateText(),
                reading.reason().text(),
                reading.incident().value(),
                reading.requestedBy().value(),
                reading.requestedAt(),
                NOW,
                reading.expiresAt().orElse(null),
                reading.endedAt().orElse(null),
                Duration.ofMinutes(30).toSeconds(),
                reading.plan().value(),
                reading.approval()
                        .map(each -> new ContainmentView.Approval(each.because(), each.lapsesAt()))
                        .orElse(null),
                "",
                List.of(
                        new PartView(
                                part.enforcer().toString(),
                                new ContainmentView.State(PartState.VERIFIED),
                                part.sentence(),
                                part.caveats(),
                                part.gaps(),
                                2,
                                0,
                                NOW.plusSeconds(1_800),
                                NOW)),
                reading.gaps(),
                reading.reach(),
                reading.reachNow()
                        .map(reach ->
                                new ContainmentView.Present(
                                        reach, null, 0, List.of(), List.of(), List.of()))
                        .orElse(null));
    }
}
