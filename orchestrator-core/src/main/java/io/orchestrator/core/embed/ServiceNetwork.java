package io.orchestrator.core.embed;

import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.AddressHoldingProxy;
import io.orchestrator.core.network.Balancing;
import io.orchestrator.core.network.NodeNotice;
import io.orchestrator.core.network.ProxyMode;
import io.orchestrator.core.network.address.ClusterAddresses;
import io.orchestrator.core.network.address.FencedAddresses;
import io.orchestrator.core.network.address.HostAddresses;
import io.orchestrator.core.network.address.HostCommand;
import io.orchestrator.core.network.address.HostRoutes;
import io.orchestrator.core.network.address.InterfaceAddresses;
import io.orchestrator.core.network.address.Leftovers;
import io.orchestrator.core.network.address.LoopbackIsEnough;
import io.orchestrator.core.network.balance.AddressPool;
import io.orchestrator.core.network.nftables.KeptNft;
import io.orchestrator.core.network.nftables.LastWill;
import io.orchestrator.core.network.nftables.NftablesProxy;
import io.orchestrator.core.network.nftables.Surroundings;
import io.orchestrator.core.network.policy.PolicyEnforcement;
import io.orchestrator.core.network.userspace.Admission;
import io.orchestrator.core.network.userspace.Settings;
import io.orchestrator.core.network.userspace.UserSpaceProxy;
import io.orchestrator.spi.network.LoadBalancers;
import io.orchestrator.spi.network.ServiceProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The addresses of services, and the proxy that answers on them for all nodes that share this machine. */
final class ServiceNetwork implements AutoCloseable {
    private static final String NOT_ASKED_FOR = "packet rules were not asked for";
    private static final Logger LOG = LoggerFactory.getLogger(ServiceNetwork.class);

    private final ClusterAddresses addresses;
    private final HostAddresses held;
    private final boolean reachable;
    private @Nullable String obstacle;
    /** What rules could not do here. Known once the obstacle is. */
    private String shortcoming = "";

    private ServiceNetwork(ClusterAddresses addresses, HostAddresses held, boolean reachable) {
        this.addresses = addresses;
        this.held = held;
        this.reachable = reachable;
    }

    /** For pods without a network of their own: everything is on loopback. @param known see {@link ClusterAddresses} */
    static ServiceNetwork onLoopback(Environment environment, String known) {
        return onLoopback(environment, known, true);
    }

    private static ServiceNetwork onLoopback(Environment environment, String known, boolean reachable) {
        ClusterAddresses addresses = cleared(ClusterAddresses.onLoopback(environment.random(), known));
        return new ServiceNetwork(addresses, new LoopbackIsEnough(), reachable);
    }

    /**
     * For pods that reach this machine through a gateway: addresses of this machine's own where we may add them, else
     * loopback, on which services answer this machine alone.
     */
    static ServiceNetwork forIsolatedPods(Environment environment, String known) {
        if (!isRoot()) {
            return onLoopback(environment, known, false);
        }
        ClusterAddresses addresses =
                cleared(ClusterAddresses.routable(HostRoutes.ofThisMachine(), environment.random(), known));
        Optional<HostAddresses> held = held(addresses);
        if (held.isEmpty()) {
            addresses.close();
            return onLoopback(environment, known, false);
        }
        return new ServiceNetwork(addresses, held.get(), true);
    }

    /**
     * For a node that joins a cluster, whose services have their addresses already: those around this one. Empty as long as
     * another process of this machine serves them.
     */
    static Optional<ServiceNetwork> around(String serviceAddress) {
        return ClusterAddresses.around(serviceAddress)
                .map(ServiceNetwork::cleared)
                .map(addresses -> {
                    boolean onLoopback = addresses.podRange().isPresent();
                    Optional<HostAddresses> held = onLoopback || !isRoot() ? Optional.empty() : held(addresses);
                    return new ServiceNetwork(
                            addresses, held.orElseGet(LoopbackIsEnough::new), onLoopback || held.isPresent());
                });
    }

    /** Without what a process that was killed may have left there. */
    private static ClusterAddresses cleared(ClusterAddresses claimed) {
        if (isRoot()) {
            new Leftovers().remove(claimed);
        }
        return claimed;
    }

    /** The block of cluster IPs. */
    String serviceRange() {
        return addresses.serviceRange();
    }

    /** The block of pods on loopback; empty where they have a network of their own. */
    Optional<String> podRange() {
        return addresses.podRange();
    }

    /** Where the cluster's DNS had best be. */
    String dnsAddress() {
        return addresses.dnsAddress();
    }

    /** Whether pods reach the addresses of services, and not this machine alone. */
    boolean isReachableFromPods() {
        return reachable;
    }

    /** Whether this may be the address of a service. */
    boolean isServiceAddress(String address) {
        return addresses.isServiceAddress(address);
    }

    /** Whether it is an address of the cluster's own on this machine. */
    private static Optional<HostAddresses> held(ClusterAddresses addresses) {
        return InterfaceAddresses.of(addresses::isServiceAddress)
                .map(held -> FencedAddresses.around(addresses, held, HostRoutes.ofThisMachine()));
    }

    /** Addresses for load balancers that nobody else on this machine uses. */
    LoadBalancers balancers() {
        return AddressPool.of(addresses.balancerRange());
    }

    /** Why this machine takes no packet rules from us; empty where it does. */
    synchronized String obstacle() {
        String known = obstacle;
        if (known == null) {
            known = isRoot() ? tried() : "packet rules need root";
            obstacle = known;
        }
        return known;
    }

    /** Most kernels can do all, so that one trial is enough. */
    private synchronized String tried() {
        HostCommand command = new HostCommand();
        shortcoming = NftablesProxy.shortcoming(command, addresses.label()).orElse("");
        return shortcoming.isEmpty()
                ? ""
                : NftablesProxy.obstacle(command, addresses.label()).orElse("");
    }

    /** Why services are not served by packet rules; empty where they are. */
    private synchronized String whyNotByRules(ProxyMode mode, Balancing balancing) {
        if (mode == ProxyMode.USER_SPACE) {
            return NOT_ASKED_FOR;
        }
        if (balancing != Balancing.ROUND_ROBIN) {
            return "packet rules know chance alone, not " + balancing;
        }
        if (!obstacle().isEmpty()) {
            return obstacle();
        }
        // Pods on loopback are led within it.
        if (addresses.podRange().isEmpty() && !HostRoutes.arePacketsPassedOn()) {
            return "this machine passes no packets on (net.ipv4.ip_forward is 0)";
        }
        return mode == ProxyMode.AUTO && !shortcoming.isEmpty()
                ? "this kernel cannot be told how long to remember connections: " + shortcoming
                : "";
    }

    /** @throws IllegalStateException when packet rules are asked for and this machine takes none, or they cannot balance so */
    void check(ProxyMode mode, Balancing balancing) {
        String why = whyNotByRules(mode, balancing);
        if (!why.isEmpty() && mode == ProxyMode.NFTABLES) {
            throw new IllegalStateException("services cannot be served by packet rules: " + why);
        }
    }

    /** Why network policies cannot be in force; empty where they can. */
    String policyObstacle() {
        if (addresses.podRange().isPresent() && reachable) {
            return "pods share the loopback addresses of their machine, by which nobody can tell who sends";
        }
        if (!obstacle().isEmpty()) {
            return obstacle();
        }
        if (!reachable) {
            return "addresses of services cannot be put on an interface";
        }
        return NftablesProxy.isBridgeFiltered()
                ? ""
                : "packets between pods pass no rules (net.bridge.bridge-nf-call-iptables is 0)";
    }

    /** Holds policies on this machine. @param dns where the cluster's DNS answers; empty where it does not */
    PolicyEnforcement policies(String dns) {
        return policies(List.of(addresses.serviceRange(), addresses.balancerRange()), dns);
    }

    /** The same. @param service ranges of addresses on which the cluster's services are served */
    PolicyEnforcement policies(List<String> service, String dns) {
        return new PolicyEnforcement(new HostCommand(), addresses.label() + "_policies", service, dns);
    }

    /**
     * The proxy, closed by the teardown.
     *
     * @param balancing which endpoint gets a connection in user space
     * @param always addresses that others listen on, and that are held for them
     * @param pods the network of the pods of this process, which may be another one
     * @param admission says who may be led where
     * @throws IllegalStateException when packet rules are asked for and this machine takes none, or they cannot balance so
     */
    ServedBy proxy(
            ProxyMode mode,
            Balancing balancing,
            Environment environment,
            Set<String> always,
            ServiceNetwork pods,
            Admission admission,
            Teardown teardown) {
        check(mode, balancing);
        String why = whyNotByRules(mode, balancing);
        LOG.info("services are served {}", why.isEmpty() ? "by packet rules" : "in user space: " + why);
        UserSpaceProxy sockets =
                new UserSpaceProxy(environment, Settings.defaults().withBalancing(balancing), admission);
        NftablesProxy rules = null;
        if (why.isEmpty()) {
            KeptNft nft = teardown.add("nft", new KeptNft(new HostCommand(), environment));
            String table = addresses.tableName(environment.random());
            teardown.add("last will", LastWill.takeAway(table));
            rules = new NftablesProxy(
                    sockets,
                    nft,
                    table,
                    environment.random(),
                    new Surroundings(
                            addresses::isOwn, pods.addresses::isOnLoopbackOfThisMachine, HostRoutes::ofThisMachine));
        }
        NftablesProxy asked = rules;
        ServiceProxy proxy =
                teardown.add("service proxy", new AddressHoldingProxy(rules == null ? sockets : rules, held, always));
        String reason = why;
        return new ServedBy(
                proxy, sockets::whenShortageChanges, sockets::shortage, () -> asked == null ? reason : asked.failure());
    }

    /**
     * @param news gets what is to be run when the shortage begins or ends
     * @param shortage why sockets can be had for no more connections; empty where they can
     * @param why not by packet rules; empty where by these
     */
    record ServedBy(ServiceProxy proxy, Consumer<Runnable> news, Supplier<String> shortage, Supplier<String> why) {
        NodeNotice.Statement statement() {
            String missing = shortage.get();
            if (!missing.isEmpty()) {
                return new NodeNotice.Statement(
                        "ServiceProxyReady",
                        "False",
                        "OutOfDescriptors",
                        "new connections to services that are served in user space are not to be had: " + missing,
                        true);
            }
            String reason = why.get();
            return reason.isEmpty()
                    ? new NodeNotice.Statement(
                            "ServiceProxyReady", "True", "Nftables", "services are served by packet rules")
                    : new NodeNotice.Statement(
                            "ServiceProxyReady",
                            "True",
                            "UserSpace",
                            "services are served in user space: " + reason,
                            !reason.equals(NOT_ASKED_FOR));
        }
    }

    @Override
    public void close() {
        held.close();
        addresses.close();
    }

    static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // No Linux: no root in the sense that matters here.
            return false;
        }
    }
}
