package io.orchestrator.samples.cluster;

import io.orchestrator.apiserver.ApiServer;
import io.orchestrator.core.embed.Cluster;
import io.orchestrator.core.embed.ClusterBuilder;
import io.orchestrator.core.embed.FrontDoor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs one control plane without nodes; on etcd, several make one cluster. */
@Command(
        name = "control-plane",
        mixinStandardHelpOptions = true,
        description = "Runs an API server, and controllers and scheduler while it leads. Several may run on one etcd.")
final class ControlPlaneCommand implements Callable<Integer> {
    @Option(names = "--name", defaultValue = "orchestrator", description = "Name of the cluster (${DEFAULT-VALUE}).")
    private String name = "";

    @Option(
            names = "--store",
            required = true,
            description = "Where the state is: etcd:URL[,URL...] for several control planes, dir:PATH for one alone.")
    private String store = "";

    @Mixin
    private EtcdAccess etcd = new EtcdAccess();

    @Option(names = "--address", defaultValue = "127.0.0.1", description = "Where it listens (${DEFAULT-VALUE}).")
    private String address = "";

    @Option(names = "--port", defaultValue = "6443", description = "HTTPS port, 0 for any (${DEFAULT-VALUE}).")
    private int port;

    @Mixin
    private CleartextOption cleartext = new CleartextOption();

    @Option(
            names = "--reachable-as",
            split = ",",
            description = "More names and addresses by which clients reach it, for its certificate.")
    private List<String> names = List.of();

    @Option(names = "--kubeconfig", description = "Where to write the kubeconfig (./kubeconfig-NAME).")
    private @Nullable Path kubeconfig;

    @Option(
            names = "--runtime",
            defaultValue = "process",
            description =
                    "What the nodes run their pods on: process or docker (${DEFAULT-VALUE}). With docker, services have"
                            + " addresses that containers reach, which takes root.")
    private String runtime = "";

    @Mixin
    private ElectionOptions election = new ElectionOptions();

    @Mixin
    private NodeMonitorOption monitor = new NodeMonitorOption();

    @Mixin
    private ProxyOption proxy = new ProxyOption();

    @Mixin
    private JoinOptions join = new JoinOptions();

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
                FrontDoor.Opened door = cluster.apiServer().orElseThrow();
                Say.line("ready in %d ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
                Path file = (kubeconfig == null ? Path.of("kubeconfig-" + name) : kubeconfig).toAbsolutePath();
                door.adminKubeconfig().writeTo(file);
                Say.line("kubeconfig: %s", file);
                Say.line("server: %s", door.url());
                cleartext.tell(door);
                join.offer(cluster);
                end.await();
            } finally {
                // The signal interrupted this thread; closing waits, and must not be cut short.
                Thread.interrupted();
                Say.line("stopping");
            }
        }
    }

    private ClusterBuilder builder() throws IOException {
        ApiServer server = cleartext.applyTo(ApiServer.onPort(port).on(address));
        for (String each : names) {
            server = server.reachableAs(each);
        }
        ClusterBuilder builder =
                proxy.applyTo(Cluster.builder().named(name).nodes(0).apiServer(server));
        switch (runtime) {
            case "docker" -> builder.isolatedPods();
            case "process" -> {}
            default -> throw new IllegalArgumentException("--runtime is process or docker, not " + runtime);
        }
        return StoreChoice.apply(store, etcd, election.apply(monitor.apply(builder)));
    }
}
