package io.orchestrator.benchmarks.pods;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.SwarmSpec;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.orchestrator.testkit.machine.OwnDockerd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A Docker engine that the benchmark starts for itself and puts into Swarm mode, which is nothing to do to the engine that others use. It
 * has a network namespace of its own, with bridges and packet rules of its own, so the machine's are not touched. Its pods reach
 * each other and nobody else. Our side connects its pods itself only where it sees the engine's bridge: a program that was begun in a namespace
 * of its own shares that with the engine.
 */
final class PrivateEngine implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final int END_SECONDS = 60;

    private final Path folder;
    private final OwnDockerd engine;
    private final Process daemon;
    private final DockerClient docker;

    private PrivateEngine(Path folder, boolean apart) throws IOException {
        this.folder = folder;
        this.engine = new OwnDockerd(folder, "benchmark");
        this.daemon = daemon(engine, apart);
        this.docker = client(engine.host());
    }

    /**
     * Starts it.
     *
     * @param image to have, from the engine that is there
     * @param apart whether this program has a network namespace of its own, which the engine is to share
     * @throws IOException with the reason where this machine cannot have one
     */
    static PrivateEngine start(String image, boolean apart) throws IOException, InterruptedException {
        if (!OwnDockerd.isPossible()) {
            throw new IOException("there is no dockerd to start, or we are not root");
        }
        PrivateEngine engine = new PrivateEngine(Files.createTempDirectory("engine"), apart);
        try {
            engine.awaitUp();
            try (DockerClient there = client("");
                    InputStream archive = there.saveImageCmd(image).exec()) {
                engine.docker.loadImageCmd(archive).exec();
            }
            engine.docker
                    .initializeSwarmCmd(new SwarmSpec().withName("default"))
                    .withAdvertiseAddr("127.0.0.1")
                    .withListenAddr("127.0.0.1:2377")
                    .exec();
            return engine;
        } catch (RuntimeException | IOException e) {
            engine.close();
            throw new IOException(e.getMessage() + ", and last it said: " + engine.lastSaid, e);
        }
    }

    private String lastSaid = "";

    private static Process daemon(OwnDockerd engine, boolean apart) throws IOException {
        List<String> within = apart
                ? List.of("dockerd")
                : List.of("unshare", "--net", "sh", "-c", "ip link set lo up && exec dockerd \"$@\"", "dockerd");
        ProcessBuilder builder = engine.daemon(within, List.of());
        // A task asks no registry for an image that is there.
        builder.environment().put("DOCKER_SERVICE_PREFER_OFFLINE_IMAGE", "1");
        return builder.start();
    }

    /** @param host empty for what the environment says */
    static DockerClient client(String host) {
        DefaultDockerClientConfig.Builder builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
        if (!host.isEmpty()) {
            builder.withDockerHost(host);
        }
        DockerClientConfig config = builder.build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .build());
    }

    private void awaitUp() throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (true) {
            try {
                docker.pingCmd().exec();
                return;
            } catch (RuntimeException e) {
                if (!daemon.isAlive() || System.nanoTime() - end > 0) {
                    throw new IOException("a second dockerd does not start here", e);
                }
                LockSupport.parkNanos(STEP_NANOS);
            }
        }
    }

    String host() {
        return engine.host();
    }

    DockerClient docker() {
        return docker;
    }

    /** Ends it with all that it has. */
    @Override
    public void close() throws IOException, InterruptedException {
        try (docker) {
            if (daemon.isAlive()) {
                leaveSwarm();
            }
        } finally {
            daemon.destroy();
            if (!daemon.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
                daemon.destroyForcibly().waitFor(END_SECONDS, TimeUnit.SECONDS);
            }
            lastSaid = engine.lastSaid();
            new ProcessBuilder("rm", "-rf", folder.toString())
                    .inheritIO()
                    .start()
                    .waitFor(END_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** Ends its tasks as well. */
    private void leaveSwarm() {
        try {
            docker.leaveSwarmCmd().withForceEnabled(true).exec();
        } catch (RuntimeException e) {
            System.err.println("the engine is ended in Swarm mode: " + e.getMessage());
        }
    }
}
