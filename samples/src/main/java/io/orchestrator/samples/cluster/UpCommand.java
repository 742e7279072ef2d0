package io.orchestrator.samples.cluster;

import io.orchestrator.api.client.Client;
import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.embed.FrontDoor;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Starts a cluster and keeps it until the program is asked to end. */
@Command(
        name = "up",
        mixinStandardHelpOptions = true,
        description = "Starts a cluster, prints how to reach it, and runs until it is interrupted.")
final class UpCommand implements Callable<Integer> {
    private static final Duration NODES_READY = Duration.ofSeconds(60);

    @Option(names = "--name", defaultValue = "orchestrator", description = "Name of the cluster (${DEFAULT-VALUE}).")
    private String name = "";

    @Option(names = "--nodes", defaultValue = "3", description = "How many nodes (${DEFAULT-VALUE}).")
    private int nodes;

    @Option(
            names = "--runtime",
            defaultValue = "auto",
            description = "What runs the pods: auto, docker, process or simulated (${DEFAULT-VALUE}).")
    private String runtime = "";

    @Option(
            names = "--store",
            defaultValue = "memory",
            description = "Where the state is: memory, dir:PATH or etcd:URL[,URL...] (${DEFAULT-VALUE}).")
    private String store = "";

    @Option(
            names = "--directory",
            description = "Where volumes, logs and the state of processes lie with --store etcd: (below"
                    + " ~/.local/state/orchestrator, the same for the same etcd, prefix and name). With dir:PATH"
                    + " it is PATH.")
    private @Nullable Path directory;

    @Mixin
    private EtcdAccess etcd = new EtcdAccess();

    @Mixin
    private JoinOptions join = new JoinOptions();

    @Option(names = "--address", defaultValue = "127.0.0.1", description = "Where it listens (${DEFAULT-VALUE}).")
    private String address = "";

    @Option(names = "--port", defaultValue = "6443", description = "HTTPS port, 0 for any (${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private CleartextOption cleartext = new CleartextOption();

    @Option(names = "--kubeconfig", description = "Where to write the kubeconfig (./kubeconfig-NAME).")
    private @Nullable Path kubeconfig;

    @Option(names = "--apply", description = "Manifests to apply: files or directories, JSON or YAML.")
    private List<Path> manifests = List.of();

    @Option(names = "--demo", description = "Applies the demo: a web tier of three and a backend behind services.")
    private boolean demo;

    @Option(
            names = "--keep",
            description = "Leaves pods and state when it ends, for the next start on the same store to adopt.")
    private boolean keep;

    @Option(
            names = "--local-webhooks",
            description = "Calls webhooks on this machine's loopback addresses, too: to test one that runs beside it.")
    private boolean localWebhooks;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    private NodeMonitorOption monitor = new NodeMonitorOption();

    @Mixin
    private ProxyOption proxy = new ProxyOption();

    @Override
    public Integer call() throws Exception {
        long began = System.nanoTime();
        EndSignal end = EndSignal.install(Thread.currentThread());
        try {
            run(end, began);
        } catch (RuntimeException e) {
            // Whatever was waited for when the signal came was cut short by it.
            if (!end.isAsked()) {
                throw e;
            }
        } finally {
            end.reached();
        }
        return 0;
    }

    private void run(EndSignal end, long began) throws IOException {
        try (Cluster cluster = PatientStart.of(this::builder, end)) {
            try {
                cluster.awaitNodes(NODES_READY);
                Say.line("ready in %d ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
                writeKubeconfig(cluster.apiServer().orElseThrow());
                join.offer(cluster);
                try (Progress progress = new Progress(cluster.client().transport(), told -> Say.line("%s", told))) {
                    apply(cluster.client());
                    end.await();
                }
            } finally {
                // The signal interrupted this thread; closing waits, and must not be cut short.
                Thread.interrupted();
                Say.line("stopping%s", keep ? ", pods stay" : " the pods");
            }
        }
    }

    private void apply(Client client) throws IOException {
        ManifestApplier applier = new ManifestApplier(client);
        for (Path each : manifests) {
            applier.apply(each);
        }
        if (demo) {
            Demo.apply(applier, client);
        }
    }

    private ClusterBuilder builder() throws IOException {
        RuntimeChoice choice = RuntimeChoice.of(runtime);
        Say.line("runtime: %s", choice.description());
        ClusterBuilder builder = choice.applyTo(Cluster.builder())
                .named(name)
                .nodes(nodes)
                .apiServer(cleartext.applyTo(ApiServer.onPort(port).on(address)));
        if (localWebhooks) {
            builder.localWebhooks();
        }
        node.applyTo(builder);
        monitor.apply(builder);
        proxy.applyTo(builder);
        applyDirectory(builder);
        StoreChoice.apply(store, etcd, builder);
        return keep ? builder.keepPods() : builder;
    }

    /** A directory decides where the state lies as well, unless that is said: so it is not taken without an etcd. */
    private void applyDirectory(ClusterBuilder builder) {
        List<String> endpoints = List.of(StoreChoice.endpointsOf(store));
        if (!endpoints.isEmpty()) {
            Path home = Path.of(System.getProperty("user.home"));
            builder.directory(
                    directory != null
                            ? directory
                            : NodeDirectory.of(name, endpoints, etcd.prefix(), System.getenv(), home));
        } else if (directory != null) {
            throw new IllegalArgumentException("--directory goes with --store etcd:URL; with dir:PATH it is PATH");
        }
    }

    private void writeKubeconfig(FrontDoor.Opened door) throws IOException {
        Path file = (kubeconfig == null ? Path.of("kubeconfig-" + name) : kubeconfig).toAbsolutePath();
        door.adminKubeconfig().writeTo(file);
        Say.line("kubeconfig: %s", file);
        cleartext.tell(door);
        Say.line("try: kubectl --kubeconfig %s get nodes", file);
    }
}
