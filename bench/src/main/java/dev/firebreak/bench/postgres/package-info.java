/// The PostgreSQL that is measured on: real, durable, on a real disk.
@NullMarked
package dev.firebreak.bench.postgres;

import org.jspecify.annotations.NullMarked;
