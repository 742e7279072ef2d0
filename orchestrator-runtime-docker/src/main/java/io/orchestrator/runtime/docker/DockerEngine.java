package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.core.RemoteApiVersion;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one engine with all that its nodes share: client, threads, images, networks. Speaks the newest API
 * version that both sides know.
 */
final class DockerEngine implements AutoCloseable, DockerSandboxes.ImageSource {
    private static final RemoteApiVersion OLDEST = RemoteApiVersion.VERSION_1_40;
    private static final RemoteApiVersion NEWEST = RemoteApiVersion.VERSION_1_44;
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int MAX_CALLS = 256;
    /** Of the calls, so many may be stops: each has a thread for as long as its container takes to end. */
    private static final int STOPS = 192;
    /** Of these more, for those that are to end at once: they must not wait for others that take their time. */
    private static final int KILLS = 32;

    private static final Duration AT_ONCE = Duration.ofSeconds(2);
    /** The engine sets up one network after the other; with more under way, each takes longer. */
    private static final int SANDBOXES = 8;

    private static final int CONTAINERS = 4;
    private static final int REMOVALS = 8;
    private static final Duration TURN = Duration.ofSeconds(10);
    /** Less than an agent waits for an answer, by the engine's own deadline: what it gave up is not begun later. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(85);

    private static final Duration LONGEST_STOP = Duration.ofDays(1);
    private static final int MAX_CONNECTIONS = 1024;

    private final DockerClientConfig config;
    private final DockerClient client;
    private final String apiVersion;
    private final String architecture;
    private final ThreadPoolExecutor executor;
    private final ScheduledExecutorService timers;
    private final EngineCalls calls;
    private final CallLine sandboxes = line(SANDBOXES);
    private final CallLine containers = line(CONTAINERS);
    private final CallLine removals = line(REMOVALS);
    private final CallLine stops = new CallLine(STOPS, LONGEST_STOP, LONGEST_STOP, System::nanoTime);
    private final CallLine kills = line(KILLS);
    private final DockerImages images;
    private final Map<String, ClusterNetwork> networks = new ConcurrentHashMap<>();
    private final Map<String, PodBridge> bridges = new ConcurrentHashMap<>();
    private final BridgeRecords records = new BridgeRecords(BridgeRecords.ADDRESSES, BridgeRecords.FILES);
    private final EngineNearby nearby;
    private final Clock clock = Clock.systemUTC();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable String sandboxImage;
    private volatile String podSubnet = "";
    private volatile boolean networksByEngine;

    /**
     * Connects.
     *
     * @param host such as {@code unix:///var/run/docker.sock}; empty takes what the environment says, as Docker's own
     *     client does
     * @throws RuntimeFailure when no engine answers there, or only one that is too old
     */
    static DockerEngine connect(String host) {
        return connect(host, null);
    }

    /** @param certificates the folder of the files for TLS; null for what the environment says */
    static DockerEngine connect(String host, @Nullable Path certificates) {
        DefaultDockerClientConfig.Builder builder = EngineAddress.of(host, certificates, System.getenv());
        DockerClientConfig asking = builder.build();
        Version version;
        try (DockerClient client = client(asking)) {
            version = client.versionCmd().exec();
        } catch (RuntimeException e) {
            String why = EngineWire.objection(asking).orElseGet(e::toString);
            throw new RuntimeFailure(
                    Kind.UNAVAILABLE, "no Docker engine answers at " + asking.getDockerHost() + ": " + why, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        RemoteApiVersion spoken = negotiate(version);
        return new DockerEngine(builder.withApiVersion(spoken).build(), spoken, String.valueOf(version.getArch()));
    }

    private DockerEngine(DockerClientConfig config, RemoteApiVersion spoken, String architecture) {
        this.config = config;
        this.client = client(config);
        this.apiVersion = spoken.getVersion();
        this.architecture = architecture;
        this.executor = new ThreadPoolExecutor(
                0, MAX_CALLS, 30, TimeUnit.SECONDS, new SynchronousQueue<>(), daemons("orchestrator-docker-"));
        this.timers = Executors.newSingleThreadScheduledExecutor(daemons("orchestrator-docker-timer-"));
        this.calls = new EngineCalls(executor, DEADLINE);
        this.images = new DockerImages(client, calls);
        this.nearby = new EngineNearby(client, config.getDockerHost());
    }

    private static CallLine line(int most) {
        return new CallLine(most, TURN, LONGEST_WAIT, System::nanoTime);
    }

    private static DockerClient client(DockerClientConfig config) {
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .maxConnections(MAX_CONNECTIONS)
                        .connectionTimeout(CONNECT)
                        .build());
    }

    /** The lower of what we know and what the engine knows. */
    private static RemoteApiVersion negotiate(Version version) {
        RemoteApiVersion theirs = RemoteApiVersion.parseConfig(String.valueOf(version.getApiVersion()));
        if (!theirs.isGreaterOrEqual(OLDEST)) {
            throw new RuntimeFailure(
                    Kind.UNSUPPORTED,
                    "this Docker engine speaks API " + theirs.getVersion() + "; at least " + OLDEST.getVersion()
                            + " is needed (Docker 19.03)");
        }
        String oldestOfTheirs = version.getMinAPIVersion();
        if (oldestOfTheirs != null && !NEWEST.isGreaterOrEqual(RemoteApiVersion.parseConfig(oldestOfTheirs))) {
            throw new RuntimeFailure(
                    Kind.UNSUPPORTED,
                    "this Docker engine wants at least API " + oldestOfTheirs + "; " + NEWEST.getVersion()
                            + " is the newest that is spoken here");
        }
        return theirs.isGreaterOrEqual(NEWEST) ? NEWEST : theirs;
    }

    DockerClient client() {
        return client;
    }

    EngineCalls calls() {
        return calls;
    }

    /** In which sandboxes wait to be made and begun. */
    CallLine sandboxes() {
        return sandboxes;
    }

    /** In which containers wait to be made, and to be begun. */
    CallLine containers() {
        return containers;
    }

    /** In which sandboxes and containers wait to be taken away. */
    CallLine removals() {
        return removals;
    }

    /** In which containers wait to be told to end. @param grace that they have for it */
    CallLine stops(Duration grace) {
        return grace.compareTo(AT_ONCE) <= 0 ? kills : stops;
    }

    DockerImages images() {
        return images;
    }

    Executor executor() {
        return executor;
    }

    ScheduledExecutorService timers() {
        return timers;
    }

    Clock clock() {
        return clock;
    }

    Duration deadline() {
        return DEADLINE;
    }

    /** Such as {@code 1.41}. */
    String apiVersion() {
        return apiVersion;
    }

    EngineWire openWire() throws IOException {
        return EngineWire.connect(config);
    }

    /** The reference of the sandbox image; makes the image on first use, or again when somebody removed it. */
    @Override
    public String get() {
        String known = sandboxImage;
        if (known == null) {
            synchronized (this) {
                known = new SandboxImage(client, architecture).ensure();
                sandboxImage = known;
            }
        }
        return known;
    }

    /** The sandbox image may have been pruned: it is looked for again. */
    @Override
    public void renew() {
        sandboxImage = null;
    }

    ClusterNetwork network(String clusterId) {
        return networks.computeIfAbsent(
                clusterId, id -> new ClusterNetwork(client, id, podSubnet, this, records, this::connectsPods));
    }

    PodBridge bridge(String clusterId) {
        return bridges.computeIfAbsent(
                clusterId, id -> new PodBridge(client, network(id), executor, records, this::connectsPods));
    }

    BridgeRecords records() {
        return records;
    }

    private boolean connectsPods() {
        return !networksByEngine && nearby.letsUsConnectPods();
    }

    /** All networks are set up by the engine, whether we could or not. */
    void networksByEngine() {
        networksByEngine = true;
    }

    /** Which the networks of clusters have; empty where the engine chooses. */
    String podSubnet() {
        return podSubnet;
    }

    void podSubnet(String subnet) {
        podSubnet = subnet;
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        networks.values().forEach(ClusterNetwork::removeIfUnused);
        executor.shutdownNow();
        timers.shutdownNow();
        try {
            client.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
