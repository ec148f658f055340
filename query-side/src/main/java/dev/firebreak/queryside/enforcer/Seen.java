package dev.firebreak.queryside.enforcer;

import dev.firebreak.queryside.Witness.Heard;
import dev.firebreak.queryside.timeline.Times;
import dev.firebreak.segmentation.KnownEnforcer.Standing;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How it stands with an enforcer: what is heard of it at this moment, and where nobody hears it
/// what the log said last. That one was connected once is never taken for being so now.
sealed interface Seen {

    String state();

    String text(Instant now);

    /// From when on it is so.
    Instant since();

    @Nullable Instant heardAt(); // null: never heard

    /// Why nothing that is asked of it now comes to be held; empty where it is heard.
    Optional<String> hindrance(Instant now);

    static Seen of(EnforcerRow row, Optional<Heard> heard) {
        var standing = Standing.valueOf(row.standing);
        if (!standing.isEnrolled() || heard.isEmpty()) {
            return new AsLogged(standing, row.since, row.heardAt);
        }
        return switch (heard.get()) {
            case Heard.Here(var since, var lastAt) -> new Connected(since, lastAt);
            case Heard.HereAhead(var since, var lastAt, var sentence) ->
                    new Ahead(since, lastAt, sentence);
            case Heard.Elsewhere _ when standing == Standing.CONNECTED ->
                    new Elsewhere(row.since, row.heardAt);
            case Heard.ByNobody _ when standing == Standing.CONNECTED ->
                    new Unheard(row.since, row.heardAt);
            case Heard.Elsewhere _, Heard.ByNobody _ ->
                    new AsLogged(standing, row.since, row.heardAt);
        };
    }

    /// The log tells of its connection only when it is another than before; after a restart of the
    /// service it is not.
    record Connected(Instant since, Instant heardAt) implements Seen {
        @Override
        public String state() {
            return "connected";
        }

        @Override
        public String text(Instant now) {
            return "connected since " + Times.time(since, now);
        }

        @Override
        public Optional<String> hindrance(Instant now) {
            return Optional.empty();
        }
    }

    record Ahead(Instant since, Instant heardAt, String sentence) implements Seen {
        @Override
        public String state() {
            return "ahead";
        }

        @Override
        public String text(Instant now) {
            return sentence;
        }

        @Override
        public Optional<String> hindrance(Instant now) {
            return Optional.of(
                    "it obeys a newer log than this one, and takes nothing of this until this one"
                            + " has caught up");
        }
    }

    /// From when on the other replica has heard it, and when it did so last, is not known here.
    record Elsewhere(Instant since, @Nullable Instant heardAt) implements Seen { // null: never
        @Override
        public String state() {
            return "connected";
        }

        @Override
        public String text(Instant now) {
            return "connected to another replica";
        }

        @Override
        public Optional<String> hindrance(Instant now) {
            return Optional.empty();
        }
    }

    record Unheard(Instant since, @Nullable Instant heardAt) implements Seen { // null: never
        @Override
        public String state() {
            return "unknown";
        }

        @Override
        public String text(Instant now) {
            return "not heard yet%s; what it holds is unknown"
                    .formatted(
                            heardAt == null
                                    ? ""
                                    : ", was last heard at " + Times.time(heardAt, now));
        }

        @Override
        public Optional<String> hindrance(Instant now) {
            return Optional.of(notHeard(heardAt, now));
        }
    }

    record AsLogged(Standing standing, Instant since, @Nullable Instant heardAt) // null: never
            implements Seen {
        @Override
        public String state() {
            return standing.name().toLowerCase(Locale.ROOT);
        }

        @Override
        public String text(Instant now) {
            var at = Times.time(since, now);
            return switch (standing) {
                case OFFERED -> "was offered an enrolment at %s and has not used it".formatted(at);
                case ENROLLED -> "enrolled at %s and not connected since".formatted(at);
                case CONNECTED -> "connected since " + at;
                case SILENT ->
                        "silent, last heard at %s; what it holds is unknown"
                                .formatted(heardAt == null ? at : Times.time(heardAt, now));
                case REVOKED -> "revoked at " + at;
            };
        }

        @Override
        public Optional<String> hindrance(Instant now) {
            return switch (standing) {
                case CONNECTED -> Optional.empty();
                case SILENT -> Optional.of(notHeard(heardAt == null ? since : heardAt, now));
                case OFFERED, ENROLLED, REVOKED ->
                        Optional.of(
                                text(now) + "; nothing of this is held there until it connects");
            };
        }
    }

    private static String notHeard(@Nullable Instant heardAt, Instant now) { // null: never heard
        return "it is not heard at present%s; nothing of this is held there until it is"
                .formatted(heardAt == null ? "" : ", last at " + Times.time(heardAt, now));
    }
}
