package io.orchestrator.core.agent;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.client.Reason;
import io.orchestrator.api.client.Target;
import io.orchestrator.api.control.Events;
import io.orchestrator.api.control.ObjectKey;
import io.orchestrator.api.meta.Quantity;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.core.client.Informer;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.metrics.MetricSource;
import io.orchestrator.spi.node.NodeEndpoint;
import io.orchestrator.spi.node.NodeMeter;
import io.orchestrator.spi.node.NodeReport;
import io.orchestrator.spi.node.NodeStorage;
import io.orchestrator.spi.node.NodeUsage;
import io.orchestrator.spi.node.PodConnection;
import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.ContainerState;
import io.orchestrator.spi.runtime.ExecSession;
import io.orchestrator.spi.runtime.ExecSpec;
import io.orchestrator.spi.runtime.LogQuery;
import io.orchestrator.spi.runtime.LogStream;
import io.orchestrator.spi.runtime.RuntimeInfo;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent of one node: registers it, keeps its lease, and makes the runtime match the pods that are bound to it. It knows
 * nothing but the client and the runtime, so that it runs as well in another process. Thread-safe; every method returns at
 * once.
 *
 * <p>It may die at any moment: the next agent of the same node on the same runtime adopts what runs, and doubles nothing.
 */
public final class NodeAgent implements NodeEndpoint, NodeMeter, NodeReport, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeAgent.class);
    private static final Duration START_RETRY = Duration.ofSeconds(2);

    private final AgentConfig config;
    private final Client client;
    private final ContainerRuntime runtime;
    private final Informer<Service> services;
    private final Events events;
    private final Environment environment;
    private final Prober prober;
    private final Deadlines deadlines;
    private final UsageMeter meter;
    private final Informer<Pod> bound;
    private final Informer<Node> self;
    private final CompletableFuture<NodePods> begun = new CompletableFuture<>();
    private final Object lock = new Object();
    private boolean closed;
    private volatile @Nullable RuntimeWatch watch;
    private @Nullable NodeHeartbeat heartbeat;
    private @Nullable VolumeRefresh refresh;
    private @Nullable LocalStorage storage;
    private volatile @Nullable StorageMeter storageMeter;
    private volatile @Nullable NodeImages images;
    private volatile @Nullable StaticPods fromFiles;
    private volatile int port;
    private volatile MemoryDisk memoryDisk = MemoryDisk.none();
    private volatile SubPaths subPaths = SubPaths.none();
    private volatile @Nullable NodePods pods;
    private volatile @Nullable NodePressure pressure;
    private volatile @Nullable Admission admission;

    /** @param services of the whole cluster; shared with others, and started by the caller */
    public NodeAgent(
            AgentConfig config,
            Client client,
            ContainerRuntime runtime,
            Informer<Service> services,
            Events events,
            Environment environment) {
        this(config, client, runtime, services, events, environment, new NetworkProber(runtime, environment));
    }

    /** @param prober checks containers in its own way, as the simulation does */
    public NodeAgent(
            AgentConfig config,
            Client client,
            ContainerRuntime runtime,
            Informer<Service> services,
            Events events,
            Environment environment,
            Prober prober) {
        this.config = config;
        this.client = client;
        this.runtime = runtime;
        this.services = services;
        this.events = events;
        this.environment = environment;
        this.prober = prober;
        this.deadlines = new Deadlines(environment);
        this.meter =
                new UsageMeter(runtime, environment, deadlines, config.timing().callDeadline(), () -> running(pods));
        this.bound = new Informer<>(
                client.transport(),
                Target.collection(Pod.TYPE, ""),
                ListOptions.all().fields("spec.nodeName=" + config.nodeName()),
                environment);
        this.self = new Informer<>(
                client.transport(),
                Target.collection(Node.TYPE, ""),
                ListOptions.all().fields("metadata.name=" + config.nodeName()),
                environment);
    }

    /** Has the node say that it is asked by HTTPS at this port. To be called before {@link #start}. */
    public void servedOn(int port) {
        this.port = port;
    }

    /** Has volumes that ask for memory lie in it; without, they are on disk. To be called before {@link #start}. */
    public void keepsInMemory(MemoryDisk disk) {
        this.memoryDisk = disk;
    }

    /** Has parts of volumes held before containers are shown them; without, they are only looked at. To be called before {@link #start}. */
    public void holds(SubPaths parts) {
        this.subPaths = parts;
    }

    /** What the agent counts of its node. */
    public MetricSource figures() {
        return new NodeFigures(config.nodeName(), () -> {
            NodePods all = pods;
            return all == null ? List.of() : all.facts();
        });
    }

    /** Begins. What cannot be done yet, because the runtime or the API is away, is tried again. */
    public void start() {
        deadlines
                .within(config.timing().callDeadline(), "the runtime", runtime::info)
                .whenComplete((info, failure) -> {
                    if (failure == null) {
                        environment.executor().execute(() -> begin(info));
                    } else {
                        LOG.warn("the runtime of node {} does not answer yet", config.nodeName(), failure);
                        deadlines.after(START_RETRY).thenRun(() -> {
                            if (!isClosed()) {
                                start();
                            }
                        });
                    }
                });
    }

    private void begin(RuntimeInfo info) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            watch = new RuntimeWatch(runtime, environment, deadlines, config.timing(), state -> {
                NodePods all = pods;
                if (all != null) {
                    all.listed(state);
                }
            });
            References references = new References(client);
            NodeContext node = new NodeContext(
                    config,
                    client,
                    runtime,
                    info,
                    environment,
                    deadlines,
                    events,
                    prober,
                    references,
                    new EnvResolver(references, () -> services.list("")),
                    new PodVolumes(config, references, memoryVolumes(), subPaths, environment.clock()),
                    new PulledImages(config.directory()),
                    new Admission(config.nodeName(), config.capacity(), NodeObject.labels(config)),
                    () -> self.get(new ObjectKey("", config.nodeName())),
                    watch);
            NodePods all = new NodePods(node, bound::hasSynced);
            pods = all;
            refresh = new VolumeRefresh(node, all::facts);
            heartbeat = new NodeHeartbeat(config, client, info, environment, this::health);
            WrittenLayers layers =
                    new WrittenLayers(runtime, deadlines, config.timing().callDeadline());
            storage = new LocalStorage(
                    all, node.volumes(), layers, config.timing().storageLook(), environment);
            NodeImages seen = new NodeImages(node, all::usedImages);
            images = seen;
            storageMeter = new StorageMeter(all, node.volumes(), layers, seen::bytes, environment);
            admission = node.admission();
            node.admission().heed(this::shortages);
            begun.complete(all);
        }
        startParts();
    }

    private MemoryVolumes memoryVolumes() {
        long memory = config.capacity().getOrDefault("memory", Quantity.ZERO).value();
        return new MemoryVolumes(memoryDisk, memory, events);
    }

    private void startParts() {
        NodePods all = pods;
        RuntimeWatch looking = watch;
        NodeHeartbeat beating = heartbeat;
        VolumeRefresh freshening = refresh;
        LocalStorage measuring = storage;
        NodeImages seeing = images;
        if (all == null
                || looking == null
                || beating == null
                || freshening == null
                || measuring == null
                || seeing == null) {
            return;
        }
        beating.start();
        freshening.start();
        measuring.start();
        seeing.start();
        bound.addHandler(all::changed);
        bound.addHandler(freshening::changed);
        bound.addHandler((before, after) -> {
            StaticPods ours = fromFiles;
            if (after == null && ours != null) {
                ours.hurry();
            }
        });
        self.addHandler((before, after) -> {
            if (after != null) {
                beating.seen(after);
            }
            StaticPods ours = fromFiles;
            if (before == null && ours != null) {
                ours.hurry();
            }
        });
        looking.start();
        // a container must not miss the address of a service that was there before it
        services.whenSynced(bound::start);
        self.start();
    }

    /**
     * Ends every pod of the node here, whatever the API says, for a cluster that is taken down: completes when the runtime
     * has none left. Further pods are not begun.
     *
     * @param grace the most that any of them gets
     */
    public CompletionStage<Void> endPods(Duration grace) {
        bound.close();
        return begun.thenCompose(all -> all.endAll(grace));
    }

    /** How many pods the node works on, those included that are on their way out. */
    public int present() {
        NodePods all = pods;
        return all == null ? 0 : all.facts().size();
    }

    /**
     * From now on pods make room when too little of the node is left, and the node says that it is under pressure. Off
     * unless asked for: in a host's JVM, the machine is not the agent's alone.
     */
    public void relieve(NodeSignals signals, PressureLimits limits) {
        begun.thenAccept(all -> {
            NodePressure fresh =
                    new NodePressure(signals, limits, environment, this::usage, this::storage, all, this::reclaim);
            synchronized (lock) {
                if (closed || pressure != null) {
                    return;
                }
                pressure = fresh;
            }
            fresh.start();
        });
    }

    /**
     * From now on images that this node pulled and nobody uses are removed when the disk fills. Off unless asked for. Those
     * that it did not pull itself are somebody else's.
     */
    public void collectImages(NodeSignals signals, ImageLimits limits) {
        begun.thenAccept(all -> {
            NodeImages known = images;
            if (known != null) {
                known.collect(signals, limits);
            }
        });
    }

    private CompletionStage<Boolean> reclaim() {
        NodeImages known = images;
        return known == null ? CompletableFuture.completedFuture(false) : known.reclaim();
    }

    /**
     * From now on the node runs the pods whose manifests lie in this directory, too: what is in it is looked at every 20
     * seconds.
     */
    public void runManifests(Path manifests) {
        begun.thenAccept(all -> {
            StaticPods fresh = new StaticPods(
                    manifests,
                    config.nodeName(),
                    client,
                    environment,
                    () -> bound.list(""),
                    () -> self.get(new ObjectKey("", config.nodeName())));
            synchronized (lock) {
                if (closed || fromFiles != null) {
                    return;
                }
                fromFiles = fresh;
            }
            bound.whenSynced(fresh::start);
        });
    }

    private NodeHealth health() {
        NodeImages seen = images;
        Admission admits = admission;
        return new NodeHealth(
                isHealthy(),
                shortages(),
                admits != null && admits.isShutDown(),
                seen == null ? List.of() : seen.told(),
                port);
    }

    private Set<Shortage> shortages() {
        NodePressure known = pressure;
        return known == null ? Set.of() : known.shortages();
    }

    /**
     * The machine is about to be switched off: no pod comes any more, and those that run fail as {@code Terminated}, for
     * their controllers to replace them elsewhere. Completes when all have ended, or have had their time.
     *
     * @param grace the most that a pod gets
     * @param criticalGrace the same for pods that belong to the system, which end when the others have
     */
    public CompletionStage<Void> shutDown(Duration grace, Duration criticalGrace) {
        return begun.thenCompose(all -> {
            Admission admits = admission;
            NodeHeartbeat beating = heartbeat;
            if (admits != null && beating != null) {
                admits.shutDown();
                beating.hurry();
            }
            return new NodeShutdown(all, deadlines).end(grace, criticalGrace);
        });
    }

    @Override
    public CompletionStage<LogStream> logs(
            String namespace, String pod, String container, boolean previous, LogQuery query) {
        return streams(endpoint -> endpoint.logs(namespace, pod, container, previous, query));
    }

    @Override
    public CompletionStage<ExecSession> exec(String namespace, String pod, String container, ExecSpec spec) {
        return streams(endpoint -> endpoint.exec(namespace, pod, container, spec));
    }

    @Override
    public CompletionStage<ExecSession> attach(String namespace, String pod, String container, boolean stdin) {
        return streams(endpoint -> endpoint.attach(namespace, pod, container, stdin));
    }

    @Override
    public CompletionStage<PodConnection> connect(String namespace, String pod, int port) {
        return streams(endpoint -> endpoint.connect(namespace, pod, port));
    }

    @Override
    public CompletionStage<NodeUsage> usage() {
        return begun.thenCompose(all -> meter.usage());
    }

    @Override
    public CompletionStage<NodeStorage> storage() {
        StorageMeter measuring = storageMeter;
        return measuring == null ? CompletableFuture.completedFuture(NodeStorage.NONE) : measuring.storage();
    }

    @Override
    public String nodeName() {
        return config.nodeName();
    }

    @Override
    public List<Pod> pods() {
        NodePods all = pods;
        return all == null
                ? List.of()
                : all.facts().stream()
                        .filter(facts -> facts.intent() != PodFacts.Intent.REMOVE)
                        .map(PodFacts::pod)
                        .toList();
    }

    @Override
    public boolean isHealthy() {
        RuntimeWatch looking = watch;
        return looking != null && looking.silence().compareTo(config.timing().patience()) < 0;
    }

    @Override
    public Map<String, Quantity> capacity() {
        return config.capacity();
    }

    @Override
    public Path directory() {
        return config.directory();
    }

    @Override
    public Map<String, Object> settings() {
        return AgentSettings.of(config, port);
    }

    private static List<ContainerState> running(@Nullable NodePods all) {
        return all == null ? List.of() : all.running();
    }

    private <T> CompletionStage<T> streams(java.util.function.Function<PodStreams, CompletionStage<T>> call) {
        NodePods all = pods;
        if (all == null) {
            return CompletableFuture.failedFuture(new ApiException(
                    Reason.SERVICE_UNAVAILABLE, "the agent of node " + config.nodeName() + " has not begun yet"));
        }
        return call.apply(
                new PodStreams(runtime, deadlines, config.timing().callDeadline(), environment.executor(), all::find));
    }

    private boolean isClosed() {
        synchronized (lock) {
            return closed;
        }
    }

    /** Lets go of the node: pods run on. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
        }
        meter.close();
        bound.close();
        self.close();
        Stream.of(heartbeat, refresh, pressure, storage, images, fromFiles)
                .filter(Objects::nonNull)
                .forEach(NodePart::close);
        RuntimeWatch looking = watch;
        if (looking != null) {
            looking.close();
        }
        NodePods all = pods;
        if (all != null) {
            all.detachAll();
        }
    }
}
