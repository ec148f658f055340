package dev.firebreak.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/// Lines in columns that are as wide as what stands in them.
final class Table {

    private static final String GAP = "  ";

    /// A column: its title, and what stands in it for one row of the service's answer.
    record Column(String title, Function<JsonNode, String> cell) {

        static Column of(String title, String field) {
            return new Column(title, row -> Plain.text(row.path(field)));
        }
    }

    private Table() {}

    static List<String> of(JsonNode rows, String none, List<Column> columns) {
        var cells = new ArrayList<List<String>>();
        cells.add(columns.stream().map(Column::title).toList());
        StreamSupport.stream(rows.spliterator(), false)
                .map(row -> columns.stream().map(column -> column.cell().apply(row)).toList())
                .forEach(cells::add);
        return cells.size() == 1 ? List.of(none) : aligned(cells);
    }

    private static List<String> aligned(List<List<String>> cells) {
        var widths = new ArrayList<Integer>();
        for (var column = 0; column < cells.getFirst().size(); column++) {
            var at = column;
            widths.add(cells.stream().mapToInt(row -> row.get(at).length()).max().orElse(0));
        }
        return cells.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, List<Integer> widths) {
        var line = new StringBuilder();
        for (var column = 0; column < row.size(); column++) {
            line.append(row.get(column));
            line.append(" ".repeat(widths.get(column) - row.get(column).length())).append(GAP);
        }
        return line.toString().stripTrailing();
    }

    /// Titles on the left, values on the right.
    static List<String> pairs(List<List<String>> pairs) {
        var width = pairs.stream().mapToInt(pair -> pair.getFirst().length()).max().orElse(0);
        return pairs.stream()
                .filter(pair -> !pair.getLast().isEmpty())
                .map(pair ->
                        pair.getFirst()
                                + " ".repeat(width - pair.getFirst().length())
                                + GAP
                                + pair.getLast())
                .collect(Collectors.toList());
    }
}
