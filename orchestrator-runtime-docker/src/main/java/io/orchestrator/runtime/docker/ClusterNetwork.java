package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one bridge that all pods of a cluster share. One, because Docker drops traffic between bridges; one per cluster,
 * because clusters shall not see each other.
 */
final class ClusterNetwork {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterNetwork.class);

    /**
     * The engine is neither to hide pods behind its machine's address nor, as from Docker 28 on, to turn away what comes for them:
     * whoever lays the routes sees to both. An older engine does not know the second.
     */
    private static final Map<String, String> ROUTED = Map.of(
            "com.docker.network.bridge.enable_ip_masquerade",
            "false",
            "com.docker.network.bridge.gateway_mode_ipv4",
            "nat-unprotected");

    private final DockerClient docker;
    private final String clusterId;
    private final String subnet;
    private final String name;

    /** @param subnet which other machines are told of; empty where the engine chooses one */
    ClusterNetwork(DockerClient docker, String clusterId, String subnet) {
        this.docker = docker;
        this.clusterId = clusterId;
        this.subnet = subnet;
        this.name = "orchestrator_" + ContainerNames.safe(clusterId);
    }

    /**
     * Its name, once it stands.
     *
     * @throws RuntimeFailure when it stands with another subnet
     */
    synchronized String ensure() {
        List<Network> standing = find();
        if (standing.isEmpty()) {
            create();
        } else if (!subnet.isEmpty() && !subnets(standing).contains(subnet)) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.INVALID,
                    "the network " + name + " has the addresses " + subnets(standing) + " and not those of " + subnet
                            + "; it can be made anew once none of its pods are left",
                    null);
        }
        return name;
    }

    private void create() {
        CreateNetworkCmd create = docker.createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withCheckDuplicate(true)
                .withLabels(Map.of(OwnerLabels.CLUSTER, clusterId));
        if (!subnet.isEmpty()) {
            create.withIpam(new Network.Ipam().withConfig(new Network.Ipam.Config().withSubnet(subnet)))
                    .withOptions(ROUTED);
        }
        try {
            create.exec();
        } catch (ConflictException e) {
            // Somebody of the same cluster was faster.
            LOG.debug("the network {} exists already", name);
        }
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
        return configs(find())
                .map(Network.Ipam.Config::getGateway)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static List<String> subnets(List<Network> networks) {
        return configs(networks)
                .map(Network.Ipam.Config::getSubnet)
                .filter(Objects::nonNull)
                .toList();
    }

    private static Stream<Network.Ipam.Config> configs(List<Network> networks) {
        return networks.stream()
                .map(network -> network.getIpam().getConfig())
                .filter(Objects::nonNull)
                .flatMap(List::stream);
    }

    private List<Network> find() {
        // The name filter matches parts of names.
        return docker.listNetworksCmd().withNameFilter(name).exec().stream()
                .filter(network -> network.getName().equals(name))
                .toList();
    }
}
