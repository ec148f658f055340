package dev.firebreak.bench.postgres;

import org.postgresql.ds.PGSimpleDataSource;

/// One database with a log: as its owner, and as the application that may only append and read.
public record Database(
        String name, PGSimpleDataSource owner, PGSimpleDataSource application, int port) {}
