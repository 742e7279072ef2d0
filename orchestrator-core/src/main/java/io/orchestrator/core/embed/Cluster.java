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
import io.orchestrator.core.client.RecordTransport;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.codec.ObjectCodec;
import io.orchestrator.core.control.ControllerEngine;
import io.orchestrator.core.control.EventRecorder;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.env.SystemEnvironment;
import io.orchestrator.core.registry.Caller;
import io.orchestrator.core.registry.Catalog;
import io.orchestrator.core.registry.custom.RecordDefinitions;
import io.orchestrator.core.schedule.Scheduler;
import io.orchestrator.core.storage.LocalPathProvisioner;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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

    private final Teardown teardown;
    private final String id;
    private final Client client;
    private final ObjectCodec codec;
    private final ControllerEngine engine;
    private final Scheduler scheduler;
    private final List<String> nodes;
    private final LongSupplier nanoTime;
    private final Optional<FrontDoor.Opened> door;

    private Cluster(
            Teardown teardown,
            String id,
            Client client,
            ObjectCodec codec,
            ControllerEngine engine,
            Scheduler scheduler,
            List<String> nodes,
            LongSupplier nanoTime,
            Optional<FrontDoor.Opened> door) {
        this.teardown = teardown;
        this.id = id;
        this.client = client;
        this.codec = codec;
        this.engine = engine;
        this.scheduler = scheduler;
        this.nodes = nodes;
        this.nanoTime = nanoTime;
        this.door = door;
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
        StateLayer.Opened stored = StateLayer.open(builder.store, environment, teardown);
        PodEngine pods = PodEngine.open(builder, environment, directory.path(), stored.knownServiceAddress(), teardown);
        ServiceNetwork network = pods.network();
        StateLayer state = stored.serve(
                network.serviceRange(), stored.keys(builder.name, system.secureRandom()), builder.admission, teardown);

        NodeDirectory connections = new NodeDirectory();
        Client host = client(state, connections, environment, "orchestrator-host");
        String id = ClusterIdentity.of(host);
        builder.records.forEach(record -> define(record, host, state.codec()));
        Client control = client(state, connections, environment, "kube-controller-manager");
        SharedInformers informers = teardown.add("informers", new SharedInformers(control.transport(), environment));

        state.access().start(client(state, connections, environment, "apiserver"), informers);
        EventRecorder events = teardown.add("events", new EventRecorder(control, "controllermanager", environment));
        ControllerEngine engine =
                teardown.add("controllers", new ControllerEngine(control, informers, events, environment));
        LocalPathProvisioner directories =
                new LocalPathProvisioner(directory.path().resolve("volumes"));
        StandardClass.ensure(host);
        BuiltInControllers.of(state.registry()::catalog, List.of(directories), environment)
                .forEach(engine::run);
        teardown.add("garbage collection", new GarbageCollection(state.registry(), engine, environment));
        state.access().controllers().forEach(engine::run);
        builder.controllers.forEach(engine::run);

        EventRecorder placed = teardown.add("events", new EventRecorder(control, "default-scheduler", environment));
        Scheduler scheduler = teardown.add(
                "scheduler",
                new Scheduler(
                        client(state, connections, environment, "kube-scheduler"),
                        informers,
                        placed,
                        environment,
                        builder.scheduler));
        scheduler.start();
        EventRecorder served = teardown.add("events", new EventRecorder(control, "service-proxy", environment));
        network.serve(informers, served, environment, teardown);

        NodeAgents agents = NodeAgents.start(
                builder,
                id,
                pods,
                informers,
                connections,
                directory.path(),
                environment,
                name -> client(state, connections, environment, name),
                teardown);
        informers.start();
        if (!builder.keepPods) {
            teardown.add("pods", () -> agents.endPods(builder.podGrace));
        }
        state.access().await();
        Authenticator authenticator = state.access().authenticator(host, informers);
        Optional<FrontDoor.Opened> door = Optional.ofNullable(builder.frontDoor)
                .map(front -> teardown.add(
                        "API server",
                        front.open(state.controlPlane(
                                builder.name, control.transport().pods(), authenticator))));
        door.ifPresent(
                open -> teardown.add("service of the API", new KubernetesService(open.url(), host, environment)));
        return new Cluster(
                teardown, id, host, state.codec(), engine, scheduler, builder.nodes, environment.nanoTime(), door);
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

    /** Runs a controller of the host's own until the cluster is closed. */
    public void run(ControllerSpec controller) {
        engine.run(controller);
    }

    /** Says why pods went where they went, and where they would go. */
    public Scheduler scheduler() {
        return scheduler;
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

    /** Ends pods, unless they shall be kept, and everything else. Idempotent; returns when nothing is left. */
    @Override
    public void close() {
        teardown.close();
    }
}
