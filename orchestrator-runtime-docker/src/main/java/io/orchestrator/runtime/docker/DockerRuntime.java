package io.orchestrator.runtime.docker;

import io.orchestrator.spi.runtime.ContainerRuntime;
import io.orchestrator.spi.runtime.RoutablePods;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeOwner;
import io.orchestrator.spi.runtime.RuntimeProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Runs pods on a Docker engine, 19.03 or newer. One engine carries as many nodes as the cluster likes.
 *
 * <pre>{@code
 * Cluster.builder().runtime(DockerRuntime.local()).nodes(3).start();
 * }</pre>
 *
 * <p>A pod is a sandbox container on the cluster's own bridge network, and app containers that join it. All of them are
 * labelled; pods of other clusters, and containers of other users, are never listed, changed or removed. Pods live on when
 * this is closed; only the cluster's network is removed, if no pod is attached to it any more.
 *
 * <p>On an engine of this machine root connects pods with that network itself, which takes a fraction of the engine's time; what is written down for it lies
 * in {@code /run/orchestrator/docker} and {@code /var/lib/orchestrator-docker}, and a container of the cluster's name holds the network. Elsewhere the engine connects them.
 */
public final class DockerRuntime implements RuntimeProvider, RoutablePods {
    private final DockerEngine engine;
    private final Set<DockerNode> open = ConcurrentHashMap.newKeySet();

    private DockerRuntime(DockerEngine engine) {
        this.engine = engine;
    }

    /**
     * The engine that the environment names as for Docker's own client ({@code DOCKER_HOST}, {@code DOCKER_TLS_VERIFY},
     * {@code DOCKER_CERT_PATH}), by default the one on this machine's socket. {@code DOCKER_TLS} alone, which asks for TLS with whoever
     * answers, is refused.
     *
     * @throws RuntimeFailure when none answers
     */
    public static DockerRuntime local() {
        return new DockerRuntime(DockerEngine.connect(""));
    }

    /**
     * The engine at this address; with TLS, if it is one of TCP and {@code DOCKER_TLS_VERIFY} is set.
     *
     * @param host such as {@code unix:///run/user/1000/docker.sock} or {@code tcp://10.0.0.5:2376}
     * @throws RuntimeFailure when none answers there, and for an address of {@code ssh}, which is not spoken here
     */
    public static DockerRuntime at(String host) {
        return new DockerRuntime(DockerEngine.connect(host));
    }

    /**
     * The engine at this address, with TLS.
     *
     * @param host such as {@code tcp://10.0.0.5:2376}
     * @param certificates the folder of {@code ca.pem}, and of {@code cert.pem} and {@code key.pem} by which the engine knows us
     * @throws RuntimeFailure when none answers there, when it refuses our certificate or its own is not trusted
     */
    public static DockerRuntime at(String host, Path certificates) {
        return new DockerRuntime(DockerEngine.connect(host, certificates));
    }

    /**
     * Gives the pods addresses of this range, which is to be of no other machine: then those of other machines can reach them. To be
     * called before the first pod; the engine chooses a range otherwise.
     *
     * @param subnet such as {@code 10.244.3.0/24}
     */
    public DockerRuntime podSubnet(String subnet) {
        engine.podSubnet(subnet);
        return this;
    }

    /**
     * Has the engine itself connect every pod with the cluster's network, also where this library could do it faster: on an engine of this machine, as root.
     * To be called before the first pod.
     */
    public DockerRuntime networksByEngine() {
        engine.networksByEngine();
        return this;
    }

    @Override
    public String podSubnet() {
        return engine.podSubnet();
    }

    @Override
    public ContainerRuntime forNode(RuntimeOwner owner) {
        DockerNode node = new DockerNode(engine, owner, open::remove);
        open.add(node);
        return node;
    }

    /** The address by which a cluster's pods reach this machine; empty before the first pod of the cluster has started. */
    public String gatewayOf(String clusterId) {
        return engine.network(clusterId).gateway();
    }

    @Override
    public void close() {
        List.copyOf(open).forEach(DockerNode::close);
        engine.close();
    }
}
