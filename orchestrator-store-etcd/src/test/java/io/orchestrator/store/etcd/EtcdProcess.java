package io.orchestrator.store.etcd;

import io.etcd.jetcd.Client;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** An etcd of the test's own, on free ports and a directory of its own, to be killed, frozen and started again. */
final class EtcdProcess implements AutoCloseable {
    private static final int FIRST_PORT = 15_000;
    private static final int PORTS = 15_000;

    private final String name;
    private final Path directory;
    private final String clientUrl;
    private final String peerUrl;
    private final String healthUrl;
    private final List<String> flags = new ArrayList<>();
    private Process process;

    private EtcdProcess(String name, Path directory, String clientUrl, String peerUrl, String healthUrl) {
        this.name = name;
        this.directory = directory;
        this.clientUrl = clientUrl;
        this.peerUrl = peerUrl;
        // Apart from the others: it needs no certificate where they do.
        this.healthUrl = healthUrl;
    }

    /** The only member of its cluster. */
    static EtcdProcess start(String... flags) throws Exception {
        EtcdProcess etcd = prepare("test", flags);
        etcd.restart();
        return etcd;
    }

    /** A member that does not run yet and knows no other. */
    static EtcdProcess prepare(String name, String... flags) throws IOException {
        EtcdProcess etcd =
                new EtcdProcess(name, Files.createTempDirectory("etcd-test-"), freeUrl(), freeUrl(), freeUrl());
        etcd.flags.addAll(List.of(flags));
        return etcd;
    }

    /** The only member of its cluster, behind TLS; clients need a certificate of the same authority. */
    static EtcdProcess startSecured(Path authority, Path certificate, Path key) throws Exception {
        EtcdProcess etcd = new EtcdProcess(
                "test",
                Files.createTempDirectory("etcd-test-"),
                freeUrl().replace("http:", "https:"),
                freeUrl(),
                freeUrl());
        etcd.flags.addAll(List.of(
                "--cert-file=" + certificate,
                "--key-file=" + key,
                "--trusted-ca-file=" + authority,
                "--client-cert-auth"));
        etcd.restart();
        return etcd;
    }

    String endpoint() {
        return clientUrl;
    }

    /** As {@code --initial-cluster} has it. */
    String peer() {
        return name + "=" + peerUrl;
    }

    void restart() throws Exception {
        launch(peer());
        awaitHealthy();
    }

    /** Starts the process and does not wait for it. */
    void launch(String cluster) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "etcd",
                "--name=" + name,
                "--data-dir=" + directory.resolve("data"),
                "--listen-client-urls=" + clientUrl,
                "--advertise-client-urls=" + clientUrl,
                "--listen-metrics-urls=" + healthUrl,
                "--listen-peer-urls=" + peerUrl,
                "--initial-advertise-peer-urls=" + peerUrl,
                "--initial-cluster=" + cluster,
                "--unsafe-no-fsync",
                "--log-level=error"));
        command.addAll(flags);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("etcd.log").toFile())
                .start();
    }

    void awaitHealthy() {
        Awaitility.await("etcd at " + clientUrl)
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .until(this::isHealthy);
    }

    private boolean isHealthy() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new IOException("etcd has ended: " + Files.readString(directory.resolve("etcd.log")));
        }
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(healthUrl + "/health"))
                    .timeout(Duration.ofSeconds(1))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body()
                    .contains("true");
        } catch (IOException e) {
            return false;
        }
    }

    /** As kill -9. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Still there, but deaf: connections stay open and nothing is answered. */
    void freeze() throws Exception {
        signal("STOP");
    }

    void thaw() throws Exception {
        signal("CONT");
    }

    private void signal(String name) throws Exception {
        Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        if (!kill.waitFor(5, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            throw new IOException("kill -" + name + " failed");
        }
    }

    String version() throws Exception {
        try (Client client = Client.builder().endpoints(clientUrl).build()) {
            return client.getMaintenanceClient()
                    .statusMember(clientUrl)
                    .get(10, TimeUnit.SECONDS)
                    .getVersion();
        }
    }

    @Override
    public void close() throws Exception {
        kill();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * A URL that nobody listens at, and that no connection takes while this etcd is down: its port is below those that systems
     * give to the calling side. With one of these a client that calls again and again may in the end reach itself.
     */
    private static String freeUrl() throws IOException {
        Random random = new Random();
        for (int attempt = 0; attempt < 100; attempt++) {
            int port = FIRST_PORT + random.nextInt(PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return "http://127.0.0.1:" + socket.getLocalPort();
            } catch (BindException taken) {
                // Another one then.
            }
        }
        throw new IOException("no free port from " + FIRST_PORT + " on");
    }
}
