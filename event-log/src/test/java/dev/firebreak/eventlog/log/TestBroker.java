package dev.firebreak.eventlog.log;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/// A Kafka of one node in this JVM, which can be stopped and started again on the same port.
final class TestBroker implements AutoCloseable {

    private final Path data;
    private final int port = freePort();
    private final int controllerPort = freePort();
    private KafkaRaftServer server;

    TestBroker(Path data) {
        this.data = data;
        format();
        this.server = new KafkaRaftServer(config(), Time.SYSTEM);
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    void start() {
        server.startup();
    }

    void stop() {
        server.shutdown();
        server.awaitShutdown();
        server = new KafkaRaftServer(config(), Time.SYSTEM);
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private KafkaConfig config() {
        return KafkaConfig.fromProps(properties());
    }

    private java.util.Properties properties() {
        var properties = new java.util.Properties();
        properties.putAll(
                Map.of(
                        "node.id", "1",
                        "process.roles", "broker,controller",
                        "listeners",
                                "PLAINTEXT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d"
                                        .formatted(port, controllerPort),
                        "controller.listener.names", "CONTROLLER",
                        "controller.quorum.voters", "1@127.0.0.1:" + controllerPort,
                        "log.dir", data.toString(),
                        "offsets.topic.replication.factor", "1",
                        "num.partitions", "3"));
        return properties;
    }

    private void format() {
        var formatter =
                new Formatter()
                        .setPrintStream(
                                new PrintStream(
                                        OutputStream.nullOutputStream(),
                                        false,
                                        StandardCharsets.UTF_8))
                        .setClusterId(Uuid.randomUuid().toString())
                        .setNodeId(1)
                        .setControllerListenerName("CONTROLLER")
                        .setMetadataLogDirectory(data.toString())
                        .addDirectory(data.toString())
                        .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION);
        try {
            formatter.run();
        } catch (Exception broken) {
            throw new IllegalStateException("the broker's directory cannot be formatted", broken);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException broken) {
            throw new IllegalStateException("no free port", broken);
        }
    }
}
