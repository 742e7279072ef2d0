package io.orchestrator.core.embed;

import io.orchestrator.api.control.Events;
import io.orchestrator.core.client.SharedInformers;
import io.orchestrator.core.env.Environment;
import io.orchestrator.core.network.AddressHoldingProxy;
import io.orchestrator.core.network.ServiceProxyLoop;
import io.orchestrator.core.network.address.ClusterAddresses;
import io.orchestrator.core.network.address.HostAddresses;
import io.orchestrator.core.network.address.HostRoutes;
import io.orchestrator.core.network.address.InterfaceAddresses;
import io.orchestrator.core.network.address.LoopbackIsEnough;
import io.orchestrator.core.network.userspace.Settings;
import io.orchestrator.core.network.userspace.UserSpaceProxy;
import io.orchestrator.spi.network.ServiceProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** The addresses of services, and the proxy that answers on them for all nodes that share this machine. */
final class ServiceNetwork implements AutoCloseable {
    private final ClusterAddresses addresses;
    private final HostAddresses held;
    private final boolean reachable;

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
        ClusterAddresses addresses = ClusterAddresses.onLoopback(environment.random(), known);
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
        ClusterAddresses addresses = ClusterAddresses.routable(HostRoutes.ofThisMachine(), environment.random(), known);
        Optional<InterfaceAddresses> held = InterfaceAddresses.of(addresses);
        if (held.isEmpty()) {
            addresses.close();
            return onLoopback(environment, known, false);
        }
        return new ServiceNetwork(addresses, held.get(), true);
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

    /** Serves until the teardown. @param always addresses that others listen on, and that are held for them */
    void serve(
            SharedInformers informers, Events events, Environment environment, Set<String> always, Teardown teardown) {
        ServiceProxy proxy = teardown.add(
                "service proxy",
                new AddressHoldingProxy(new UserSpaceProxy(environment, Settings.defaults()), held, always));
        ServiceProxyLoop loop =
                teardown.add("service proxy loop", new ServiceProxyLoop(informers, proxy, events, environment));
        loop.start();
    }

    @Override
    public void close() {
        addresses.close();
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            // No Linux: no root in the sense that matters here.
            return false;
        }
    }
}
