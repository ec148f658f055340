/// The words, the events, and the log on PostgreSQL: what every other room is written in.
///
/// Start reading at `term.Scope`, then `event.containment.ContainmentEvent`, then
/// `log.PostgresLog`.
@NullMarked
package dev.firebreak.eventlog;

import org.jspecify.annotations.NullMarked;
