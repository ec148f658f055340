/// The words: validated values that every room shares, in Slack, code, log and docs alike.
///
/// Start reading at [Scope], then [Ask] and [Plan]: what a person wants cut, and what that comes
/// to. Text that is not a word of ours becomes an [InvalidTerm] with a sentence for the person who
/// typed it.
@NullMarked
package dev.firebreak.eventlog.term;

import org.jspecify.annotations.NullMarked;
