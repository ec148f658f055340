/// Who is given what: the rooms' ports and the objects behind them, and the order they start in.
///
/// Start reading at [Wiring], then [Lifecycle].
@NullMarked
package dev.firebreak.service.wiring;

import org.jspecify.annotations.NullMarked;
