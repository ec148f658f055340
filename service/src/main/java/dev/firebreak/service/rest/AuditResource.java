package dev.firebreak.service.rest;

import dev.firebreak.eventlog.log.PostgresLog;
import dev.firebreak.eventlog.log.Verification;
import dev.firebreak.eventlog.log.Verification.Broken;
import dev.firebreak.eventlog.log.Verification.Intact;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/// Whether the log is what was appended: every hash computed anew.
@Path("/api/v1/audit/verification")
@Produces(MediaType.APPLICATION_JSON)
public class AuditResource {

    private final PostgresLog log;

    AuditResource(PostgresLog log) {
        this.log = log;
    }

    /// `entries` is how far the chain is intact, `hash` (hex) stands for all of it up to there.
    record Chain(boolean intact, long entries, String hash, String sentence) {}

    @GET
    public Object verify() {
        return chain(log.verify());
    }

    private static Chain chain(Verification verification) {
        return switch (verification) {
            case Intact(var events, var hash) ->
                    new Chain(
                            true,
                            events,
                            hash,
                            "All %d events are as they were appended.".formatted(events));
            case Broken(var position, var sentence) -> new Chain(false, position - 1, "", sentence);
        };
    }
}
