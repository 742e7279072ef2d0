package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one bridge that all pods of a cluster share. One, because Docker drops traffic between bridges; one per cluster,
 * because clusters shall not see each other.
 */
final class ClusterNetwork {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNetwork.class);

    private final DockerClient docker;
    private final String clusterId;
    private final String name;

    ClusterNetwork(DockerClient docker, String clusterId) {
        this.docker = docker;
        this.clusterId = clusterId;
        this.name = "orchestrator_" + ContainerNames.safe(clusterId);
    }

    /** Its name, once it stands. */
    synchronized String ensure() {
        if (find().isEmpty()) {
            try {
                docker.createNetworkCmd()
                        .withName(name)
                        .withDriver("bridge")
                        .withCheckDuplicate(true)
                        .withLabels(Map.of(OwnerLabels.CLUSTER, clusterId))
                        .exec();
            } catch (ConflictException e) {
                // Somebody of the same cluster was faster.
                LOG.debug("the network {} exists already", name);
            }
        }
        return name;
    }

    /** Removes it, unless pods are still attached: then it is the next start's to use. */
    synchronized void removeIfUnused() {
        for (Network network : find()) {
            try {
                docker.removeNetworkCmd(network.getId()).exec();
            } catch (NotFoundException e) {
                LOG.debug("the network {} is gone already", name);
            } catch (DockerException e) {
                LOG.debug("the network {} is kept: {}", name, e.getMessage());
            }
        }
    }

    /** The host's address on the bridge; empty while the network does not stand. */
    String gateway() {
        return find().stream()
                .map(network -> network.getIpam().getConfig())
                .filter(Objects::nonNull)
                .flatMap(List::stream)
                .map(Network.Ipam.Config::getGateway)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private List<Network> find() {
        // The name filter matches parts of names.
        return docker.listNetworksCmd().withNameFilter(name).exec().stream()
                .filter(network -> network.getName().equals(name))
                .toList();
    }
}
