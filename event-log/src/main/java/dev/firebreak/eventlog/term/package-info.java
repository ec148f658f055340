/// The words: validated values that every room shares, in Slack, code, log and docs alike.
///
/// Start reading at `Scope`.
@NullMarked
package dev.firebreak.eventlog.term;

import org.jspecify.annotations.NullMarked;
