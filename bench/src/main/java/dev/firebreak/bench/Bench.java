package dev.firebreak.bench;

/// One thing that is measured.
public interface Bench {

    /// As it is typed: `append`.
    String name();

    /// What it measures, in a line.
    String about();

    void run(Run run) throws Exception;
}
