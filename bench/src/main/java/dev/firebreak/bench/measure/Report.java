package dev.firebreak.bench.measure;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Prints what is measured as it is measured, and keeps every raw sample in a file.
public final class Report {

    private static final String COLUMNS =
            "bench,line,contestant,round,value,count,p50_ms,p99_ms,max_ms,load,foreign\n";

    private final PrintStream out;
    private final Path directory;
    private final String stamp = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();

    /// `directory` is where the files with raw samples go.
    public Report(PrintStream out, Path directory) {
        this.out = out;
        this.directory = directory;
    }

    public void title(String text) {
        out.printf("%n%s%n", text);
    }

    public void head() {
        out.println(Line.head());
    }

    public void line(Line line) {
        out.println(line.text());
    }

    /// A remark, indented under the line before it.
    public void note(String text) {
        out.println("  " + text);
    }

    /// Keeps the samples of one line of a bench.
    public void keep(String bench, String line, Scores scores) throws IOException {
        var rows = new ArrayList<String>();
        scores.samples()
                .forEach((contestant, samples) -> {
                    for (var round = 0; round < samples.size(); round++) {
                        rows.add(
                                row(
                                        bench,
                                        line,
                                        contestant,
                                        round,
                                        samples.get(round),
                                        scores.load()));
                    }
                });
        append(bench, rows);
    }

    private void append(String bench, List<String> rows) throws IOException {
        Files.createDirectories(directory);
        var file = directory.resolve("%s-%s.csv".formatted(bench, stamp.replace(":", "")));
        if (!Files.exists(file)) {
            Files.writeString(file, COLUMNS);
        }
        Files.writeString(file, String.join("", rows), java.nio.file.StandardOpenOption.APPEND);
    }

    private static String row(
            String bench,
            String line,
            String contestant,
            int round,
            Sample sample,
            Load.Seen load) {
        var times = sample.times();
        return "%s,%s,%s,%d,%.3f,%d,%.4f,%.4f,%.4f,%.2f,%.2f%n"
                .formatted(
                        bench,
                        line,
                        contestant,
                        round,
                        sample.value(),
                        times.getTotalCount(),
                        Sample.millis(times, 50),
                        Sample.millis(times, 99),
                        times.getMaxValue() / 1e6,
                        load.average(),
                        load.foreign());
    }
}
