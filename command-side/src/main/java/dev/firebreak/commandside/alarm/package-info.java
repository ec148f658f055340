/// Alarms that ring at an instant and never before. Start reading at [HeapAlarms].
@NullMarked
package dev.firebreak.commandside.alarm;

import org.jspecify.annotations.NullMarked;
