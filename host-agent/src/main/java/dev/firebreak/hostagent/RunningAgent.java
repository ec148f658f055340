package dev.firebreak.hostagent;

import dev.firebreak.hostagent.channel.Channel;
import dev.firebreak.hostagent.channel.Enrolment;
import dev.firebreak.hostagent.channel.Identity;
import dev.firebreak.hostagent.deny.Law;
import dev.firebreak.hostagent.deny.NeverDeny;
import dev.firebreak.hostagent.deny.PortRange;
import dev.firebreak.hostagent.deny.Prefix;
import dev.firebreak.hostagent.deny.Protocol;
import dev.firebreak.hostagent.kernel.HostFacts;
import dev.firebreak.hostagent.kernel.KernelEnforcer;
import dev.firebreak.hostagent.kernel.Placement;
import dev.firebreak.hostagent.protocol.Frames;
import dev.firebreak.hostagent.protocol.FromService;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// An agent put together: kernel, law, state, loop and channel. What was held is held again before
/// the service is dialled.
final class RunningAgent implements AutoCloseable {

    private static final int HTTPS = 443;

    private final KernelEnforcer kernel;
    private final Journal journal;
    private final Prober prober;
    private final AgentLoop loop;
    private final Channel channel;

    RunningAgent(
            Placement placement,
            Law configured,
            Path state,
            URI service,
            Consumer<Throwable> broken)
            throws IOException {
        var frames = new Frames();
        Law law = withOwnPath(configured, service);
        journal = journal(frames, state);
        kernel = hold(placement, law, journal);
        prober = new Prober(kernel, law.neverDeny());
        var agent =
                new HostAgent(
                        placement.enforcer(), kernel, law, journal, System::currentTimeMillis);
        var identity = new Identity(state);
        var enrolment = new Enrolment(frames.json(), service, identity);
        var flows = new FlowReports(System.currentTimeMillis());
        var line = new Wire();
        loop = new AgentLoop(agent, new Verifier(kernel, prober), flows, line::send, broken);
        channel = new Channel(frames, service, identity, enrolment, line);
        line.to = channel;
    }

    private static Journal journal(Frames frames, Path state) {
        return Journal.open(frames.json(), state.resolve("denies.journal"), HostFacts.bootId());
    }

    private static KernelEnforcer hold(Placement placement, Law law, Journal journal) {
        long now = KernelEnforcer.bootNanos();
        return KernelEnforcer.open(
                placement, law, journal.remembered(now, System.currentTimeMillis()));
    }

    /// Brings back what has time left and leaves it to the kernel; answers how many denies are
    /// held.
    static int reapply(Placement placement, Law law, Path state) {
        try (Journal journal = journal(new Frames(), state);
                KernelEnforcer kernel = hold(placement, law, journal)) {
            return kernel.ids().size();
        }
    }

    void start() {
        loop.start();
        channel.start();
    }

    /// Joins loop and channel, each of which needs the other.
    private final class Wire implements Channel.Listener {
        private volatile @org.jspecify.annotations.Nullable Channel to;

        void send(dev.firebreak.hostagent.protocol.FromAgent frame) {
            Channel current = to;
            if (current != null) {
                current.send(frame);
            }
        }

        @Override
        public void connected() {
            loop.connected();
        }

        @Override
        public void disconnected() {
            loop.disconnected();
        }

        @Override
        public void received(FromService frame, long heard) {
            loop.receive(frame, heard);
        }
    }

    /// The agent's own way to its service is never cut, whatever the list says.
    static Law withOwnPath(Law law, URI service) {
        List<NeverDeny> neverDeny = new ArrayList<>(law.neverDeny());
        int port = service.getPort() < 0 ? HTTPS : service.getPort();
        try {
            for (InetAddress address : InetAddress.getAllByName(service.getHost())) {
                neverDeny.add(
                        new NeverDeny(Prefix.of(address), new PortRange(Protocol.TCP, port, port)));
            }
        } catch (UnknownHostException e) {
            Log.line(
                    "service not resolved, its address is not protected",
                    "host",
                    service.getHost());
        }
        return new Law(law.maxTtl(), law.maxEntries(), neverDeny);
    }

    /// Leaves every deny in force.
    @Override
    public void close() {
        channel.close();
        loop.close();
        prober.close();
        kernel.close();
        journal.close();
    }
}
