/// What bounds everybody, whatever they ask for. Start reading at [Guardrails].
@NullMarked
package dev.firebreak.commandside.guardrail;

import org.jspecify.annotations.NullMarked;
