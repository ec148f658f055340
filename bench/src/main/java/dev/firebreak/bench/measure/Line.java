package dev.firebreak.bench.measure;

/// One line of the table: ours, the floor, and the median of their paired ratios.
public record Line(
        String name, String ours, String floor, Quartiles ratio, Goal goal, Load.Seen load) {

    private static final String FORM = "%-34s %-26s %-26s %-22s %-22s %s";

    public static String head() {
        return FORM.formatted("what", "ours", "floor", "ratio median [IQR]", "goal", "load");
    }

    String text() {
        return FORM.formatted(
                        name,
                        ours,
                        floor,
                        "%.2f [%.2f … %.2f]"
                                .formatted(ratio.median(), ratio.first(), ratio.third()),
                        goal.verdict(ratio.median(), load.contended()),
                        load.text())
                .stripTrailing();
    }
}
