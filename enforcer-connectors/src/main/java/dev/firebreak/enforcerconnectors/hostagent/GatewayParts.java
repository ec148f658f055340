package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.commandside.command.Commands;
import dev.firebreak.enforcerconnectors.enforcer.Roster;
import java.time.Clock;
import java.util.concurrent.Executor;

/// What every session of a gateway shares. `workers` may wait for the log; nothing else may.
record GatewayParts(
        Roster roster,
        Commands commands,
        FlowLog flowLog,
        Clock clock,
        FrameClock frameClock,
        Executor workers,
        Wire wire,
        Sessions sessions,
        GatewaySettings settings) {}
