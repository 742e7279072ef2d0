package io.orchestrator.runtime.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateNetworkCmd;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Network;
import io.orchestrator.spi.runtime.RuntimeFailure;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
    private final NetworkHold hold;
    private final BridgeRecords records;
    private final BooleanSupplier shared;
    private volatile @Nullable Standing last;

    /**
     * @param subnet which other machines are told of; empty where the engine chooses one, which is larger than a bridge has places
     * @param shared whether others than the engine give out addresses of the subnet
     */
    ClusterNetwork(
            DockerClient docker,
            String clusterId,
            String subnet,
            DockerSandboxes.ImageSource image,
            BridgeRecords records,
            BooleanSupplier shared) {
        this.shared = shared;
        this.docker = docker;
        this.clusterId = clusterId;
        this.subnet = subnet;
        this.name = "orchestrator_" + ContainerNames.safe(clusterId);
        this.hold = new NetworkHold(docker, clusterId, name, image);
        this.records = records;
    }

    /**
     * The network as the engine has it.
     *
     * @param bridge the name of its interface on the engine's machine
     * @param subnet or several, as one of IPv6 besides
     * @param gateway the machine's address on it
     * @param mtu the largest packet on it
     */
    record Standing(String id, String name, String bridge, String subnet, String gateway, int mtu) {
        private static final int SHORT = 12;
        /** What an engine takes where nobody says otherwise, whatever the machine's other interfaces have. */
        private static final int ETHERNET = 1500;

        static Standing of(Network network) {
            Map<String, String> options = network.getOptions() == null ? Map.of() : network.getOptions();
            String bridge = options.get("com.docker.network.bridge.name");
            return new Standing(
                    network.getId(),
                    network.getName(),
                    bridge == null ? "br-" + network.getId().substring(0, SHORT) : bridge,
                    String.join(" ", subnets(List.of(network))),
                    gateways(List.of(network)).stream().findFirst().orElse(""),
                    mtu(options.getOrDefault("com.docker.network.driver.mtu", "")));
        }

        private static int mtu(String option) {
            try {
                int said = Integer.parseInt(option);
                return said > 0 ? said : ETHERNET;
            } catch (NumberFormatException e) {
                return ETHERNET;
            }
        }

        /** Whether the engine's bridge is one of the interfaces that we see. */
        boolean isHere() {
            try {
                NetworkInterface found = NetworkInterface.getByName(bridge);
                return found != null
                        && found.inetAddresses()
                                .anyMatch(each -> each.getHostAddress().equals(gateway));
            } catch (SocketException e) {
                return false;
            }
        }
    }

    String name() {
        return name;
    }

    /** Sees that the engine knows of somebody on the network. @param id the engine's id of it */
    void hold(String id) {
        hold.ensure(id);
    }

    /**
     * The network, which is made if need be.
     *
     * @throws RuntimeFailure when it stands with another subnet
     */
    synchronized Standing ensure() {
        List<Network> standing = find();
        if (standing.isEmpty()) {
            create();
            standing = find();
        } else if (!subnet.isEmpty() && !subnets(standing).contains(subnet)) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.INVALID,
                    "the network " + name + " has the addresses " + subnets(standing) + " and not those of " + subnet
                            + "; it can be made anew once none of its pods are left",
                    null);
        }
        Standing found = standing.stream()
                .findFirst()
                .map(Standing::of)
                .orElseThrow(() -> new RuntimeFailure(
                        RuntimeFailure.Kind.UNAVAILABLE, "somebody removed the network " + name, null));
        last = found;
        return found;
    }

    /**
     * The network as it was found last.
     *
     * @param id the engine's id of it
     * @throws RuntimeFailure when another one has taken its place, so that nothing of this one's is left
     */
    Standing standing(String id) {
        Standing known = last;
        if (known == null || !known.id().equals(id)) {
            throw new RuntimeFailure(
                    RuntimeFailure.Kind.NOT_FOUND, "the network " + name + " of that pod has been removed", null);
        }
        return known;
    }

    private void create() {
        CreateNetworkCmd create = docker.createNetworkCmd()
                .withName(name)
                .withDriver("bridge")
                .withCheckDuplicate(true)
                .withLabels(Map.of(OwnerLabels.CLUSTER, clusterId));
        if (!subnet.isEmpty()) {
            Network.Ipam.Config config = new Network.Ipam.Config().withSubnet(subnet);
            AddressRange.of(subnet).ifPresent(range -> {
                // An engine that chooses it tells nobody of it.
                config.withGateway(range.gateway());
                if (shared.getAsBoolean()) {
                    config.withIpRange(range.engines());
                }
            });
            create.withIpam(new Network.Ipam().withConfig(config)).withOptions(ROUTED);
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
            if (runsSandboxes() || !records.remove(network.getId())) {
                LOG.debug("pods are on the network {}", name);
                continue;
            }
            hold.remove();
            try {
                docker.removeNetworkCmd(network.getId()).exec();
            } catch (NotFoundException e) {
                LOG.debug("the network {} is gone already", name);
            } catch (DockerException e) {
                LOG.debug("the network {} is kept: {}", name, e.getMessage());
            }
        }
    }

    private boolean runsSandboxes() {
        Map<String, String> sandboxes =
                Map.of(OwnerLabels.CLUSTER, clusterId, OwnerLabels.KIND, OwnerLabels.KIND_SANDBOX);
        return !docker.listContainersCmd().withLabelFilter(sandboxes).exec().isEmpty();
    }

    /** The host's address on the bridge; empty while the network does not stand. */
    String gateway() {
        return gateways(find()).stream().findFirst().orElse("");
    }

    private static List<String> gateways(List<Network> networks) {
        return configs(networks)
                .map(Network.Ipam.Config::getGateway)
                .filter(Objects::nonNull)
                .toList();
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
