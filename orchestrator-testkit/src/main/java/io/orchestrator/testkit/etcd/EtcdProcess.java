package io.orchestrator.testkit.etcd;

import io.orchestrator.testkit.machine.Freeze;
import io.orchestrator.testkit.network.FreePort;
import java.io.IOException;
import java.net.BindException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * An etcd of the test's own, on free ports and a directory of its own, to be killed, frozen and started again. Needs the
 * {@code etcd} program on the path. For one thread at a time.
 */
public final class EtcdProcess implements AutoCloseable {
    private static final Pattern VERSION = Pattern.compile("\"etcdserver\":\"([^\"]+)\"");
    /** How often new ports are tried where another program was faster. */
    static final int ATTEMPTS = 5;

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final String name;
    private final Path directory;
    private final String clientUrl;
    private final String peerUrl;
    private final String healthUrl;
    private final List<String> flags = new ArrayList<>();
    private @Nullable Process process;

    private EtcdProcess(String name, Path directory, String clientUrl, String peerUrl, String healthUrl) {
        this.name = name;
        this.directory = directory;
        this.clientUrl = clientUrl;
        this.peerUrl = peerUrl;
        // Apart from the others: it needs no certificate where they do.
        this.healthUrl = healthUrl;
    }

    /** The only member of its cluster. */
    public static EtcdProcess start(String... flags) throws Exception {
        return started(() -> prepare("test", flags));
    }

    private interface Preparation {
        EtcdProcess prepare() throws IOException;
    }

    private static EtcdProcess started(Preparation preparation) throws Exception {
        for (int attempt = 1; ; attempt++) {
            EtcdProcess etcd = preparation.prepare();
            try {
                etcd.restart();
                return etcd;
            } catch (BindException taken) {
                etcd.close();
                if (attempt == ATTEMPTS) {
                    throw taken;
                }
            }
        }
    }

    /** A member that does not run yet and knows no other. */
    public static EtcdProcess prepare(String name, String... flags) throws IOException {
        EtcdProcess etcd =
                new EtcdProcess(name, Files.createTempDirectory("etcd-test-"), freeUrl(), freeUrl(), freeUrl());
        etcd.flags.addAll(List.of(flags));
        return etcd;
    }

    /** The only member of its cluster, behind TLS; clients need a certificate of the same authority. */
    public static EtcdProcess startSecured(Path authority, Path certificate, Path key) throws Exception {
        return started(() -> {
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
            return etcd;
        });
    }

    /** The URL for clients. */
    public String endpoint() {
        return clientUrl;
    }

    /** As {@code --initial-cluster} has it. */
    public String peer() {
        return name + "=" + peerUrl;
    }

    /** Starts it, alone in its cluster, on what it had; returns when it serves. */
    public void restart() throws Exception {
        launch(peer());
        awaitHealthy();
    }

    /** Starts the process and does not wait for it. */
    public void launch(String cluster) throws IOException {
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

    private Process running() {
        if (process == null) {
            throw new IllegalStateException("etcd " + name + " was never started");
        }
        return process;
    }

    /** Returns when it serves; throws {@link BindException} when another has one of its ports. */
    public void awaitHealthy() {
        Awaitility.await("etcd at " + clientUrl)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(this::isHealthy);
    }

    private boolean isHealthy() throws IOException, InterruptedException {
        if (!running().isAlive()) {
            String log = Files.readString(directory.resolve("etcd.log"));
            throw log.contains("address already in use")
                    ? new BindException(log)
                    : new IOException("etcd has ended: " + log);
        }
        try {
            return get(healthUrl + "/health").contains("true");
        } catch (IOException e) {
            return false;
        }
    }

    /** As kill -9. */
    public void kill() throws InterruptedException {
        running().destroyForcibly().waitFor();
    }

    /** The number by which the system knows the process that is running now. */
    public long pid() {
        return running().pid();
    }

    /** Still there, but deaf: connections stay open and nothing is answered from the return of this on. */
    public void freeze() throws Exception {
        Freeze.begin(running());
    }

    /** Ends what {@link #freeze} began. */
    public void thaw() throws Exception {
        Freeze.end(running());
    }

    /** What it says it is, such as {@code 3.5.21}. Only of one without TLS. */
    public String version() throws IOException {
        String said = Awaitility.await("the version of etcd at " + clientUrl)
                .atMost(PATIENCE)
                // A second is too short for an answer where others keep the machine busy.
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> get(clientUrl + "/version"), text -> !text.isEmpty());
        Matcher matcher = VERSION.matcher(said);
        if (!matcher.find()) {
            throw new IOException("etcd does not say its version: " + said);
        }
        return matcher.group(1);
    }

    private static String get(String url) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(1))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    @Override
    public void close() throws IOException, InterruptedException {
        if (process != null) {
            kill();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static String freeUrl() throws IOException {
        return "http://127.0.0.1:" + FreePort.find();
    }
}
