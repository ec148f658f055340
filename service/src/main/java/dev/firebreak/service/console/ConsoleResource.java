package dev.firebreak.service.console;

import dev.firebreak.eventlog.log.Following;
import dev.firebreak.queryside.Views;
import dev.firebreak.queryside.containment.ContainmentViews.Which;
import dev.firebreak.segmentation.Estate;
import dev.firebreak.segmentation.LiveEstate;
import dev.firebreak.service.security.Asking;
import dev.firebreak.service.wiring.Enforcement;
import dev.firebreak.service.wiring.Followers;
import dev.firebreak.service.wiring.Settings;
import io.quarkus.qute.TemplateInstance;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/// One page that can be looked at and not be used: whoever wants to act has the CLI, Slack or REST.
/// It loads nothing but its own style, and runs no script.
@Path("/")
public class ConsoleResource {

    private static final int MAX_SHOWN = 100;

    private static final String NOTHING_FROM_ELSEWHERE =
            "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none';"
                    + " frame-ancestors 'none'";

    private final Views views;
    private final LiveEstate estate;
    private final Followers followers;
    private final Enforcement enforcement;
    private final Asking asking;
    private final Settings settings;
    private final Clock clock;

    ConsoleResource(
            Views views,
            LiveEstate estate,
            Followers followers,
            Enforcement enforcement,
            Asking asking,
            Settings settings,
            Clock clock) {
        this.views = views;
        this.estate = estate;
        this.followers = followers;
        this.enforcement = enforcement;
        this.asking = asking;
        this.settings = settings;
        this.clock = clock;
    }

    @GET
    @Produces(MediaType.TEXT_HTML + ";charset=utf-8")
    public RestResponse<TemplateInstance> page() {
        return ResponseBuilder.<TemplateInstance>ok(page(clock.instant()))
                .header("Content-Security-Policy", NOTHING_FROM_ELSEWHERE)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .header("Cache-Control", "no-store")
                .build();
    }

    private ConsolePage page(Instant now) {
        var drawing = new Drawing(now);
        var me = asking.responder();
        var containments = views.containments();
        return new ConsolePage(
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                me.name().value(),
                me.role().name().toLowerCase(Locale.ROOT),
                settings.url(),
                warnings(),
                containments.list(Which.ACTIVE, MAX_SHOWN, now).stream()
                        .map(drawing::contained)
                        .toList(),
                containments.list(Which.WAITING, MAX_SHOWN, now).stream()
                        .map(drawing::waiting)
                        .toList(),
                drawing.enforcers(views.enforcers().list(now)));
    }

    private List<String> warnings() {
        var warnings = new ArrayList<String>();
        var broken = followers.broken().stream().map(Following::name).toList();
        if (!broken.isEmpty()) {
            warnings.add(
                    "What is shown may be old: %s stopped following the log. Firebreak's log says why."
                            .formatted(String.join(", ", broken)));
        }
        var lag = views.lag();
        if (lag > 0) {
            warnings.add("What is shown is %d log entries behind.".formatted(lag));
        }
        if (estate.read(Estate::automationFrozen)) {
            warnings.add("Automation is frozen: only people act, and every end still comes.");
        }
        var ahead = enforcement.ahead();
        if (!ahead.isEmpty()) {
            warnings.add(
                    "This log is older than what %s obeyed, and nothing is taken from here: was a backup restored?"
                            .formatted(
                                    ahead.size() == 1
                                            ? ahead.getFirst()
                                            : ahead.size() + " enforcers"));
        }
        enforcement
                .localUnavailable()
                .ifPresent(why -> warnings.add("This machine does not enforce: " + why));
        return warnings;
    }
}
