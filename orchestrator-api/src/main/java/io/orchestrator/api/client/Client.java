package io.orchestrator.api.client;

import io.orchestrator.api.meta.Resource;
import io.orchestrator.api.meta.ResourceType;
import io.orchestrator.api.model.apps.ReplicaSet;
import io.orchestrator.api.model.core.ConfigMap;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Node;
import io.orchestrator.api.model.core.Secret;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.metrics.NodeMetrics;
import io.orchestrator.api.model.metrics.PodMetrics;
import java.nio.file.Path;
import java.util.List;

/**
 * The typed client: the same for a cluster in this process and for one behind a URL. Immutable and thread-safe.
 *
 * <p>Objects that name no namespace are written to the client's own, which is {@code default} unless
 * {@link #inNamespace} says otherwise.
 */
public final class Client implements AutoCloseable {
    private final ApiTransport transport;
    private final String namespace;
    private final WriteOptions writing;

    public Client(ApiTransport transport) {
        this(transport, "default", WriteOptions.defaults());
    }

    /**
     * A client of the cluster that a kubeconfig file names in its current context, whatever runs there: this library in another
     * process, or a Kubernetes of somebody else. It writes to the context's namespace. Nothing is asked yet; close it when it is
     * done with.
     *
     * @throws RuntimeException naming the entry, when the file cannot be read or asks for what is not supported
     */
    public static Client fromKubeconfig(Path file) {
        return fromKubeconfig(List.of(file), "");
    }

    /** The same in another context of the file. */
    public static Client fromKubeconfig(Path file, String context) {
        return fromKubeconfig(List.of(file), context);
    }

    /**
     * The same of several files, as the variable {@code KUBECONFIG} may name them: of entries with the same name the first
     * file's counts.
     *
     * @param context empty for the current one
     */
    public static Client fromKubeconfig(List<Path> files, String context) {
        return connected(Connector.find().kubeconfig(files, context));
    }

    /**
     * As this process's surroundings have it: by the files in the variable {@code KUBECONFIG}, by {@code ~/.kube/config}, or, in
     * a pod, as the pod's service account.
     *
     * @throws RuntimeException when there is none of these
     */
    public static Client fromEnvironment() {
        return connected(Connector.find().environment());
    }

    private static Client connected(Connector.Connection connection) {
        return new Client(connection.transport(), connection.namespace(), WriteOptions.defaults());
    }

    private Client(ApiTransport transport, String namespace, WriteOptions writing) {
        this.transport = transport;
        this.namespace = namespace;
        this.writing = writing;
    }

    public Client inNamespace(String namespace) {
        return new Client(transport, namespace, writing);
    }

    /** The same client, writing under this name in {@code managedFields}. */
    public Client as(String fieldManager) {
        return new Client(transport, namespace, WriteOptions.by(fieldManager));
    }

    public <T extends Resource> ResourceClient<T> resources(ResourceType<T> type) {
        return new ResourceClient<>(transport, type, namespace, writing);
    }

    /** Server-side apply of any object: see {@link ResourceClient#apply}. */
    public <T extends Resource> T apply(T object) {
        @SuppressWarnings("unchecked")
        ResourceType<T> type = (ResourceType<T>) ResourceType.of(object.getClass());
        return resources(type).apply(object);
    }

    public <T extends Resource> T create(T object) {
        @SuppressWarnings("unchecked")
        ResourceType<T> type = (ResourceType<T>) ResourceType.of(object.getClass());
        return resources(type).create(object);
    }

    public PodClient pods() {
        return new PodClient(transport, namespace, writing);
    }

    public DeploymentClient deployments() {
        return new DeploymentClient(transport, namespace, writing);
    }

    public ScalableClient<ReplicaSet> replicaSets() {
        return new ScalableClient<>(transport, ReplicaSet.TYPE, namespace, writing);
    }

    public ResourceClient<Service> services() {
        return resources(Service.TYPE);
    }

    public ResourceClient<ConfigMap> configMaps() {
        return resources(ConfigMap.TYPE);
    }

    public ResourceClient<Secret> secrets() {
        return resources(Secret.TYPE);
    }

    public ResourceClient<Namespace> namespaces() {
        return resources(Namespace.TYPE);
    }

    public ResourceClient<Node> nodes() {
        return resources(Node.TYPE);
    }

    /** What pods use at the moment. Measured when it is asked for: get and list are the only verbs. */
    public ResourceClient<PodMetrics> podMetrics() {
        return resources(PodMetrics.TYPE);
    }

    /** What nodes use at the moment, as {@link #podMetrics}. */
    public ResourceClient<NodeMetrics> nodeMetrics() {
        return resources(NodeMetrics.TYPE);
    }

    /** The verbs below this surface, for what has no method here. */
    public ApiTransport transport() {
        return transport;
    }

    @Override
    public void close() {
        transport.close();
    }
}
