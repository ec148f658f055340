/// What can happen: one package a family. Start reading at [Event], then
/// `containment.ContainmentEvent`.
@NullMarked
package dev.firebreak.eventlog.event;

import org.jspecify.annotations.NullMarked;
