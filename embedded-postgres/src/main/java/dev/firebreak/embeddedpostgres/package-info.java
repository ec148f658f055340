/// A real PostgreSQL in our own process tree, for a machine on which nothing is installed.
///
/// Start reading at `EmbeddedPostgres`; `Keeper` is the thread that everything else hangs on.
@NullMarked
package dev.firebreak.embeddedpostgres;

import org.jspecify.annotations.NullMarked;
