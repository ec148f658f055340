package dev.firebreak.enforcerconnectors.hostagent;

import dev.firebreak.commandside.command.Commands;
import dev.firebreak.enforcerconnectors.enforcer.Roster;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SSLOptions;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// The listener that host agents dial: TLS 1.3 under our own authority, enrolment, renewal, and the
/// channel, which needs a certificate that the log says is the enforcer's.
public final class AgentGateway implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(AgentGateway.class.getName());

    private static final Duration START_WITHIN = Duration.ofSeconds(30);
    private static final int IDLE_SECONDS = 60;

    /// How long an agent may take to answer a close; then the line is cut.
    private static final int CLOSING_SECONDS = 1;

    private static final int BACKLOG = 1_024;

    private final Vertx vertx;
    private final AgentAuthority authority;
    private final GatewaySettings settings;
    private final GatewayParts parts;
    private final ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Sessions sessions;
    private final Wire wire = new Wire();
    private final AgentHttp http;
    private final Allowance connects;
    private final AtomicInteger connections = new AtomicInteger();
    private final LongAdder refusedConnections = new LongAdder();
    private final HttpServer server;
    private long rotation;

    private AgentGateway(
            Vertx vertx,
            AgentAuthority authority,
            Roster roster,
            Commands commands,
            FlowLog flowLog,
            Clock clock,
            GatewaySettings settings) {
        this.vertx = vertx;
        this.authority = authority;
        this.settings = settings;
        this.sessions = new Sessions(clock);
        this.parts =
                new GatewayParts(
                        roster,
                        commands,
                        flowLog,
                        clock,
                        new FrameClock(InstantSource.system(), System::nanoTime),
                        workers,
                        wire,
                        sessions,
                        settings);
        var desk = new EnrolmentDesk(authority, commands, clock, settings.certificateLife());
        var failures = new Allowance(settings.failuresPerMinute(), Duration.ofMinutes(1), clock);
        this.http = new AgentHttp(vertx, desk, wire, failures, workers);
        this.connects = new Allowance(settings.connectsPerSecond(), Duration.ofSeconds(1), clock);
        this.server = vertx.createHttpServer(options());
    }

    /// Listens when it returns.
    public static AgentGateway start(
            Vertx vertx,
            AgentAuthority authority,
            Roster roster,
            Commands commands,
            FlowLog flowLog,
            Clock clock,
            GatewaySettings settings) {
        var gateway =
                new AgentGateway(vertx, authority, roster, commands, flowLog, clock, settings);
        gateway.wire.warmUp();
        gateway.listen();
        return gateway;
    }

    public int port() {
        return server.actualPort();
    }

    /// How many agents are connected now.
    public int connected() {
        return sessions.count();
    }

    /// How often somebody came with the certificate of an agent that was connected and alive.
    public long turnedAway() {
        return sessions.turnedAwayCount();
    }

    /// How often a newer connection took the place of one that no longer answered.
    public long replaced() {
        return sessions.replacedCount();
    }

    /// How many connections were closed at once because there were too many.
    public long refusedConnections() {
        return refusedConnections.sum();
    }

    /// How many unknown frames and fields were skipped.
    public long unknownFields() {
        return wire.unknownCount();
    }

    /// Tells every agent that this service goes away, and stops.
    @Override
    public void close() {
        vertx.cancelTimer(rotation);
        sessions.all()
                .forEach(session ->
                        session.close(CloseCode.GOING_AWAY, "This service is going away."));
        await(server.close().toCompletionStage().toCompletableFuture());
        workers.shutdown();
    }

    private void listen() {
        server.connectionHandler(this::connected).requestHandler(this::handle);
        server.exceptionHandler(
                failure -> LOG.log(System.Logger.Level.DEBUG, "A connection failed", failure));
        await(server.listen().toCompletionStage().toCompletableFuture());
        var every = settings.serverCertificateLife().multipliedBy(2).dividedBy(3).toMillis();
        rotation =
                vertx.setPeriodic(
                        every,
                        _ -> {
                            var _ = rotate();
                        });
    }

    /// A new key and certificate for the connections to come; those that are stay.
    Future<Boolean> rotate() {
        return server.updateSSLOptions(sslOptions())
                .onFailure(failure ->
                        LOG.log(
                                System.Logger.Level.ERROR,
                                "The agents' listener keeps its old certificate",
                                failure));
    }

    private SSLOptions sslOptions() {
        var identity = authority.issueServer(settings.names(), settings.serverCertificateLife());
        return new SSLOptions()
                .setKeyCertOptions(
                        new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(identity.chainPem()))
                                .addKeyValue(Buffer.buffer(identity.keyPem())))
                .setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority.pem())))
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.3"));
    }

    private HttpServerOptions options() {
        var ssl = sslOptions();
        return new HttpServerOptions()
                .setHost(settings.host())
                .setPort(settings.port())
                .setSsl(true)
                .setUseAlpn(false)
                .setClientAuth(ClientAuth.REQUEST)
                .setKeyCertOptions(ssl.getKeyCertOptions())
                .setTrustOptions(ssl.getTrustOptions())
                .setEnabledSecureTransportProtocols(ssl.getEnabledSecureTransportProtocols())
                .setAcceptBacklog(BACKLOG)
                .setIdleTimeout(IDLE_SECONDS)
                .setWebSocketClosingTimeout(CLOSING_SECONDS)
                .setMaxWebSocketFrameSize(Wire.MAX_FRAME_BYTES);
    }

    private void connected(HttpConnection connection) {
        connection.closeHandler(_ -> connections.decrementAndGet());
        if (connections.incrementAndGet() > settings.maxConnections()) {
            refusedConnections.increment();
            var _ = connection.close();
        }
    }

    private void handle(HttpServerRequest request) {
        switch (request.method().name() + " " + request.path()) {
            case "POST /agent/v1/enrolments" -> http.enrol(request);
            case "POST /agent/v1/certificates" -> http.renew(request);
            case "GET /agent/v1/channel" -> channel(request);
            default -> http.answer(request, AgentHttp.notFound());
        }
    }

    private void channel(HttpServerRequest request) {
        var presented = Presented.in(request.sslSession());
        if (presented.isEmpty()) {
            http.answer(request, AgentHttp.certificateRequired());
        } else if (!connects.take("all")) {
            http.answer(request, AgentHttp.tooMany());
        } else {
            var _ = request.toWebSocket().onSuccess(socket -> open(presented.get(), socket));
        }
    }

    private void open(Presented presented, ServerWebSocket socket) {
        var session = new AgentSession(presented, new WebSocketChannel(vertx, socket), parts);
        socket.frameHandler(new Messages(session));
        socket.closeHandler(_ -> session.ended());
        socket.exceptionHandler(_ -> session.ended());
        vertx.setTimer(settings.helloWithin().toMillis(), _ -> session.isTooLate());
    }

    private static void await(CompletableFuture<?> future) {
        try {
            var _ = future.orTimeout(START_WITHIN.toSeconds(), TimeUnit.SECONDS).join();
        } catch (java.util.concurrent.CompletionException failed) {
            throw new IllegalStateException("The agents' listener failed", failed.getCause());
        }
    }
}
