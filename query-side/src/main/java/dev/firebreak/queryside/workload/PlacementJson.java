package dev.firebreak.queryside.workload;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.firebreak.eventlog.term.Placement;
import java.util.List;

/// Placements to JSON and back, in the form that their records declare.
final class PlacementJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final TypeReference<List<Placement>> LIST = new TypeReference<>() {};

    private PlacementJson() {}

    static String write(List<Placement> placements) {
        try {
            return MAPPER.writerFor(LIST).writeValueAsString(placements);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("placements are not writable as JSON", broken);
        }
    }

    static List<Placement> read(String json) {
        try {
            return MAPPER.readValue(json, LIST);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("placements in views.workload are not ours", broken);
        }
    }
}
