package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import com.github.dockerjava.api.model.HostConfig;
import io.orchestrator.spi.runtime.RuntimeFailure;
import io.orchestrator.spi.runtime.RuntimeFailure.Kind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container that is on a cluster's network for as long as there is one. The engine does not know of the pods that {@link PodBridge} connects: without it the
 * network would seem unused, and {@code docker network prune} would take it away from under them. Blocking; thread-safe.
 */
final class NetworkHold {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkHold.class);
    /** Shorter than an engine takes to start anew, after which the container does not run. */
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    private final DockerClient docker;
    private final String clusterId;
    private final String network;
    private final DockerSandboxes.ImageSource image;

    /** Guarded by this. */
    private String heldId = "";

    private long heldAt;
    private boolean letGo;

    /** @param network its name, which the container has too */
    NetworkHold(DockerClient docker, String clusterId, String network, DockerSandboxes.ImageSource image) {
        this.docker = docker;
        this.clusterId = clusterId;
        this.network = network;
        this.image = image;
    }

    /** Sees that the container runs, unless it did a moment ago or was let go. @param networkId the engine's id of the network */
    synchronized void ensure(String networkId) {
        if (letGo || heldId.equals(networkId) && System.nanoTime() - heldAt < LOOK_NANOS) {
            return;
        }
        if (!heldId.equals(networkId) && isSomebodyElses()) {
            throw new RuntimeFailure(
                    Kind.INVALID, "the name " + network + " belongs to a container of somebody else", null);
        }
        if (!heldId.equals(networkId) && !heldId.isEmpty()) {
            // It was on a network of the same name that is gone.
            Removal.force(docker, network);
        }
        try {
            start();
        } catch (NotFoundException e) {
            LOG.trace("nobody holds the network {} yet", network);
            create();
            start();
        }
        heldId = networkId;
        heldAt = System.nanoTime();
    }

    private void create() {
        try {
            createContainer();
        } catch (ConflictException e) {
            LOG.debug("somebody else of the cluster holds the network {}", network);
        } catch (NotFoundException e) {
            image.renew();
            createContainer();
        }
    }

    private void createContainer() {
        docker.createContainerCmd(image.get())
                .withName(network)
                .withEntrypoint(SandboxImage.PROGRAM)
                .withLabels(Map.of(OwnerLabels.CLUSTER, clusterId, OwnerLabels.KIND, OwnerLabels.KIND_NETWORK))
                .withHostConfig(HostConfig.newHostConfig()
                        .withNetworkMode(network)
                        .withCapDrop(com.github.dockerjava.api.model.Capability.ALL)
                        .withSecurityOpts(List.of("no-new-privileges"))
                        .withReadonlyRootfs(true))
                .exec();
    }

    private void start() {
        try {
            docker.startContainerCmd(network).exec();
        } catch (NotModifiedException e) {
            LOG.trace("the network {} is held", network);
        }
    }

    /** Lets the network go, for good. */
    synchronized void remove() {
        letGo = true;
        if (!isSomebodyElses()) {
            Removal.force(docker, network);
        }
    }

    private boolean isSomebodyElses() {
        try {
            Map<String, String> labels =
                    docker.inspectContainerCmd(network).exec().getConfig().getLabels();
            return labels == null
                    || !clusterId.equals(labels.get(OwnerLabels.CLUSTER))
                    || !OwnerLabels.KIND_NETWORK.equals(labels.get(OwnerLabels.KIND));
        } catch (NotFoundException e) {
            return false;
        }
    }
}
