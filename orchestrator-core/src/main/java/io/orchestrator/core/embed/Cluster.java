package io.orchestrator.core.embed;

import io.orchestrator.api.client.ApiException;
import io.orchestrator.api.client.Client;
import io.orchestrator.api.client.ResourceClient;
import io.orchestrator.api.control.ControllerSpec;
import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.meta.Unstructured;
import io.orchestrator.api.model.apiextensions.CustomResourceDefinition;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.core.auth.Authenticator;
import io.orchestrator.core.client.InProcessTransport;
import io.orchestrator.core.client.NodeDirectory;
import io.orchestrator.core.client.PodStreams;
import io.orchestrator.core.client.RecordTransport;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.control.election.ElectionSettings;
import io.orchestrator.core.control.election.LeaderElection;
import io.orchestrator.core.control.nodelifecycle.NodeLifecycleSettings;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.join.AuthorityPin;
import io.orchestrator.core.join.JoinInvitation;
import io.orchestrator.core.join.JoinToken;
import io.orchestrator.core.join.JoinTokens;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.address.RangeAllocator;
import io.orchestrator.core.registry.custom.RecordDefinitions;
import io.orchestrator.core.registry.usage.MetricsKinds;
import io.orchestrator.core.schedule.Scheduler;
import io.orchestrator.core.storage.LocalPathProvisioner;
import io.orchestrator.core.store.StoreCopies;
import io.orchestrator.core.webhook.HttpsReviews;
import io.orchestrator.spi.metrics.CustomMetrics;
import io.orchestrator.spi.runtime.SandboxSpec.DnsSetup;
import io.orchestrator.spi.store.Store;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * A whole cluster in this JVM.
 *
 * <pre>{@code
 * try (Cluster cluster = Cluster.builder().nodes(3).start()) {
 *     Client client = cluster.client();
 *     client.apply(Deployment.named("web").replicas(3)
 *             .container("web", "nginx:1.27", c -> c.port(80)).build());
 *     client.deployments().awaitAvailable("web", Duration.ofSeconds(30));
 * }
 * }</pre>
 *
 * <p>It is a guest: it has no statics, sets no hooks, and {@link #close()} ends its pods and leaves no thread, port or file
 * behind. Several clusters in one JVM do not see each other. Thread-safe.
 */
public final class Cluster implements AutoCloseable {
    /** The version of Kubernetes that is served. */
    public static final String VERSION = "v1.32.0";

    /** Two looks at the containers of a node take a second and a bit. */
    private static final Duration METRICS_PATIENCE = Duration.ofSeconds(5);

    private final Teardown teardown;
    private final String id;
    private final Store store;
    private final Client client;
    private final ObjectCodec codec;
    private final ElectedControllers controllers;
    private final ElectedScheduler scheduler;
    private final List<String> nodes;
    private final LongSupplier nanoTime;
    private final Optional<FrontDoor.Opened> door;
    private final JoinTokens joinTokens;
    private final X509Certificate authority;

    private Cluster(
            Teardown teardown,
            String id,
            Store store,
            Client client,
            ObjectCodec codec,
            ElectedControllers controllers,
            ElectedScheduler scheduler,
            List<String> nodes,
            Environment environment,
            Optional<FrontDoor.Opened> door,
            X509Certificate authority) {
        this.teardown = teardown;
        this.id = id;
        this.store = store;
        this.client = client;
        this.codec = codec;
        this.controllers = controllers;
        this.scheduler = scheduler;
        this.nodes = nodes;
        this.nanoTime = environment.nanoTime();
        this.door = door;
        this.joinTokens = new JoinTokens(client, environment);
        this.authority = authority;
    }

    public static ClusterBuilder builder() {
        return new ClusterBuilder();
    }

    static Cluster start(ClusterBuilder builder) {
        Teardown teardown = new Teardown();
        try {
            return assemble(builder, teardown);
        } catch (RuntimeException | Error e) {
            teardown.close();
            throw e;
        }
    }

    private static Cluster assemble(ClusterBuilder builder, Teardown teardown) {
        SystemEnvironment system = teardown.add("threads", new SystemEnvironment("orchestrator-" + builder.name));
        Environment environment = system.environment();
        WorkDirectory directory = teardown.add("directory", WorkDirectory.open(builder.directory));
        StateLayer.Opened stored = StateLayer.open(builder.store, directory, environment, teardown);
        PodEngine pods = PodEngine.open(builder, environment, directory.path(), stored.knownServiceAddress(), teardown);
        ServiceNetwork network = pods.network();
        NodeDirectory connections = new NodeDirectory();
        HttpsReviews reviews = new HttpsReviews(environment, builder.localWebhooks);
        StateLayer state = stored.serve(
                network.serviceRange(),
                stored.keys(builder.name, system.secureRandom()).issuingFor(builder.certificateLife),
                builder.admission,
                reviews,
                MetricsKinds.of(connections::findMeter, METRICS_PATIENCE, environment.clock()),
                teardown);

        Client host = client(state, connections, environment, "orchestrator-host");
        String id = ClusterIdentity.of(host);
        builder.records.forEach(record -> define(record, host, state.codec()));
        Client control = client(state, connections, environment, "kube-controller-manager");
        PodStreams streams = new PodStreams(state.registry(), connections);
        reviews.through(streams);
        SharedInformers informers = teardown.add("informers", new SharedInformers(control.transport(), environment));

        state.access().start(client(state, connections, environment, "apiserver"), informers);
        LocalPathProvisioner directories =
                new LocalPathProvisioner(directory.path().resolve("volumes"));
        StandardClass.ensure(host);
        ElectedControllers controllers = new ElectedControllers(
                state.registry(),
                informers,
                environment,
                () -> controllers(state, directories, builder.metrics, builder.nodePatience, environment));
        NetworkLayer.controllers(builder, network).forEach(controllers::run);
        builder.controllers.forEach(controllers::run);
        ElectedScheduler scheduler = new ElectedScheduler(informers, environment, builder.scheduler);
        Client placing = client(state, connections, environment, "kube-scheduler");
        state.metrics().add(controllers);
        state.metrics().add(scheduler);
        if (builder.election == null) {
            teardown.add("controllers", controllers.begin(control));
            teardown.add("scheduler", scheduler.begin(placing));
        } else {
            ElectionSettings election = builder.election.apply(candidate(builder.name, environment));
            controllers.warm();
            elect(control, election, environment, controllers::begin, teardown);
            elect(placing, election.forLease("kube-scheduler"), environment, scheduler::begin, teardown);
        }
        DnsSetup resolver = NetworkLayer.serve(builder, host, control, network, informers, environment, teardown);

        NodeAgents agents = NodeAgents.start(
                builder,
                id,
                pods,
                resolver,
                informers,
                connections,
                state,
                directory.path(),
                name -> client(state, connections, environment, name),
                teardown);
        informers.start();
        if (!builder.keepPods) {
            teardown.add("pods", () -> agents.endPods(builder.podGrace));
            Duration grace = builder.shutdownGrace;
            if (grace != null) {
                teardown.add("shutdown of nodes", () -> agents.shutDown(grace, builder.criticalGrace));
            }
        }
        state.access().await();
        Authenticator authenticator = state.access().authenticator(host, informers);
        String address = KubernetesService.address(host, RangeAllocator.first(network.serviceRange()));
        Optional<FrontDoor.Opened> door = Optional.ofNullable(builder.frontDoor)
                .map(front -> teardown.add(
                        "API server",
                        front.open(state.controlPlane(builder.name, address, streams, connections, authenticator))));
        boolean alone = builder.election == null;
        if (door.isPresent()) {
            teardown.add(
                    "service of the API", new KubernetesService(door.get().url(), address, host, alone, environment));
        } else if (alone) {
            KubernetesService.withdraw(host);
        }
        return new Cluster(
                teardown,
                id,
                stored.store(),
                host,
                state.codec(),
                controllers,
                scheduler,
                builder.nodes,
                environment,
                door,
                state.access().keys().authority().certificate());
    }

    private static List<ControllerSpec> controllers(
            StateLayer state,
            LocalPathProvisioner directories,
            CustomMetrics metrics,
            NodeLifecycleSettings patience,
            Environment environment) {
        List<ControllerSpec> all = new ArrayList<>(
                BuiltInControllers.of(state.registry()::catalog, List.of(directories), metrics, patience, environment));
        all.addAll(state.access().controllers());
        return all;
    }

    /** Nobody else is called so, not even a former life of this process. */
    private static ElectionSettings candidate(String name, Environment environment) {
        UUID chance =
                new UUID(environment.random().nextLong(), environment.random().nextLong());
        return ElectionSettings.of("kube-controller-manager", name + "_" + chance);
    }

    private static void elect(
            Client client,
            ElectionSettings settings,
            Environment environment,
            LeaderElection.Term term,
            Teardown teardown) {
        teardown.add("election of " + settings.name(), new LeaderElection(client, settings, environment, term))
                .start();
    }

    private static Client client(StateLayer state, NodeDirectory connections, Environment environment, String manager) {
        return new Client(new RecordTransport(
                InProcessTransport.on(state.registry(), Caller.system(manager), connections, environment.executor()),
                state.codec(),
                type -> isCustom(state.registry().catalog(), type)));
    }

    /** Whether the host has a record for what the cluster serves by a definition. */
    private static boolean isCustom(Catalog catalog, ResourceType<?> type) {
        return type.objectClass() != Unstructured.class
                && catalog.stored(type)
                        .filter(strategy -> strategy.type().objectClass() == Unstructured.class)
                        .isPresent();
    }

    /** Lets nodes of other processes join that hold a bootstrap token; tokens may be made by whoever can write secrets. Idempotent. */
    public void letNodesJoin() {
        joinTokens.allow();
    }

    /**
     * A new token by which nodes of other processes can join, see {@link JoinedNode}.
     *
     * @param life how long it is good for; nodes that have joined stay
     * @throws IllegalStateException when the cluster has no API server
     */
    public JoinInvitation invite(Duration life) {
        return invitation(joinTokens.issue(life));
    }

    /** The same with a token of one's own. */
    public JoinInvitation invite(JoinToken token, Duration life) {
        joinTokens.put(token, life);
        return invitation(token);
    }

    private JoinInvitation invitation(JoinToken token) {
        FrontDoor.Opened open =
                door.orElseThrow(() -> new IllegalStateException("no node can join a cluster without an API server"));
        return new JoinInvitation(open.url(), token, AuthorityPin.of(authority));
    }

    /** Unique to this cluster; stays the same over restarts on one store. */
    public String id() {
        return id;
    }

    /** The API of the cluster, with all rights and without a network in between. */
    public Client client() {
        return client;
    }

    /** The door that was opened, with its URL and a kubeconfig; empty where none was asked for. */
    public Optional<FrontDoor.Opened> apiServer() {
        return door;
    }

    /**
     * Defines a kind by its record: a custom resource whose schema is the record's, for every client of the cluster. A
     * definition that stands is changed to fit.
     *
     * @return the kind's client
     * @throws io.orchestrator.api.client.ApiException with reason Invalid when Kubernetes could not have such a kind
     */
    public <T extends Resource> ResourceClient<T> define(Class<T> record) {
        return define(record, client, codec);
    }

    private static <T extends Resource> ResourceClient<T> define(Class<T> record, Client client, ObjectCodec codec) {
        ResourceType<T> type = ResourceType.of(record);
        CustomResourceDefinition wanted = RecordDefinitions.of(type, codec);
        ResourceClient<CustomResourceDefinition> definitions = client.resources(CustomResourceDefinition.TYPE);
        String name = wanted.metadata().name();
        if (definitions.find(name).isEmpty()) {
            try {
                definitions.create(wanted);
                return client.resources(type);
            } catch (ApiException e) {
                if (!e.isAlreadyExists()) {
                    throw e;
                }
            }
        }
        definitions.edit(name, standing -> standing.withSpec(RecordDefinitions.merged(standing.spec(), wanted.spec())));
        return client.resources(type);
    }

    /** Runs a controller of the host's own until the cluster is closed; where leaders are elected, while this one leads. */
    public void run(ControllerSpec controller) {
        controllers.run(controller);
    }

    /**
     * Says why pods went where they went, and where they would go.
     *
     * @throws ApiException with reason ServiceUnavailable while another control plane's scheduler leads
     */
    public Scheduler scheduler() {
        return scheduler.working();
    }

    /**
     * Waits until every node of this process is ready.
     *
     * @throws io.orchestrator.api.client.ApiException with reason Timeout when one is not in time
     */
    public void awaitNodes(Duration within) {
        long deadline = nanoTime.getAsLong() + within.toNanos();
        for (String node : nodes) {
            client.nodes()
                    .await(
                            node,
                            Cluster::isReady,
                            "node " + node + " to be ready",
                            Duration.ofNanos(deadline - nanoTime.getAsLong()));
        }
    }

    private static boolean isReady(Node node) {
        return node.status().conditions().stream()
                .anyMatch(condition ->
                        condition.type().equals("Ready") && condition.status().equals("True"));
    }

    /**
     * Writes the cluster's state, as of one moment, to a directory that a later cluster can be given; see {@link StoreCopies}.
     * The cluster runs on meanwhile. What pods have in their volumes is not part of it.
     *
     * @param directory for {@link ClusterBuilder#directory} later; must not hold a cluster's state yet
     * @throws UncheckedIOException when it does or cannot be written
     */
    public void snapshot(Path directory) {
        StoreCopies.snapshot(store, stateIn(directory));
    }

    /**
     * Where the state lies within a directory that was given to {@link ClusterBuilder#directory} or {@link #snapshot}: for
     * {@link StoreCopies}, when no cluster runs on it.
     */
    public static Path stateIn(Path directory) {
        return directory.resolve(WorkDirectory.STATE);
    }

    /** Ends pods, unless they shall be kept, and everything else. Idempotent; returns when nothing is left. */
    @Override
    public void close() {
        teardown.close();
    }
}
