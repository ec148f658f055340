package dev.firebreak.bench;

import dev.firebreak.bench.measure.Report;
import java.nio.file.Path;
import java.time.Duration;

/// How a bench is to be run.
///
/// @param rounds how many turns each contestant has
/// @param slice how long a turn lasts where its length is free
/// @param disk below which directories for data are made
/// @param home the repository's root, for what is started as a process
public record Run(int rounds, Duration slice, Path disk, Path home, Report report) {}
