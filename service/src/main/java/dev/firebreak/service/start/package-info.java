/// From nothing to ready, and back down without leaving a process behind.
///
/// Start reading at [Up]: the data directory, PostgreSQL, the migrations, then Quarkus.
@NullMarked
package dev.firebreak.service.start;

import org.jspecify.annotations.NullMarked;
