package dev.firebreak.queryside.enforcer;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An enforcer as it is shown. `state` is offered, enrolled, connected, ahead (it has obeyed a
/// newer log than this), unknown, silent or revoked, and `since` when; where this replica hears it,
/// from when on it has done so without a break. `lastHeardAt` is when this replica last heard it,
/// else the latest of what the log has from it: a connection, a receipt, a read-back, denied flows;
/// `deniesHeld` counts the parts it last said to hold of containments that have not ended, and
/// `lostPackets` the denied packets it could not tell apart.
public record EnforcerView(
        String enforcer,
        String state,
        String stateText,
        Instant since,
        String version,
        String kernel,
        @Nullable Instant lastHeardAt, // null: never heard
        @Nullable Instant certificateEndsAt, // null: it has none
        @Nullable Long deniesHeld, // null: this log is too old to know
        long lostPackets) {}
