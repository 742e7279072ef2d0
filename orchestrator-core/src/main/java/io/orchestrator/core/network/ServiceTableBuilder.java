package io.orchestrator.core.network;

import io.orchestrator.api.model.core.ClientIPConfig;
import io.orchestrator.api.model.core.LoadBalancerIngress;
import io.orchestrator.api.model.core.Protocol;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceAffinity;
import io.orchestrator.api.model.core.ServiceSpec;
import io.orchestrator.api.model.core.ServiceType;
import io.orchestrator.api.model.core.SessionAffinityConfig;
import io.orchestrator.api.model.discovery.AddressType;
import io.orchestrator.api.model.discovery.EndpointConditions;
import io.orchestrator.api.model.discovery.EndpointPort;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy is to serve for a service: a pure function of the service and its slices. Services without a cluster address
 * (headless, external names, not yet given one) and those of another proxy are served nowhere. Where traffic from inside and
 * from outside is led differently, a port of the service is two; so it is where a load balancer serves some clients only.
 */
public final class ServiceTableBuilder {
    /** Names the service of a slice. */
    public static final String SERVICE_NAME = "kubernetes.io/service-name";

    private static final String LOCAL = "Local";
    /** Marks a service that somebody else serves. */
    public static final String SERVED_BY = "service.kubernetes.io/service-proxy-name";

    private static final String SOURCE_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges";
    private static final Duration DEFAULT_AFFINITY = Duration.ofHours(3);
    private static final Comparator<Endpoint> ORDER =
            Comparator.comparing(Endpoint::address).thenComparingInt(Endpoint::port);

    private ServiceTableBuilder() {}

    /** The same where every node is local. */
    public static List<ServicePort> of(Service service, List<EndpointSlice> slices) {
        return of(service, slices, node -> true);
    }

    /**
     * @param slices those that name this service
     * @param local whether a node is one that the proxy serves: services that stay on the node go to endpoints on these
     */
    public static List<ServicePort> of(Service service, List<EndpointSlice> slices, Predicate<String> local) {
        if (!hasClusterAddress(service) || service.metadata().labels().containsKey(SERVED_BY)) {
            return List.of();
        }
        boolean inside = LOCAL.equals(service.spec().internalTrafficPolicy());
        boolean outside = LOCAL.equals(service.spec().externalTrafficPolicy());
        List<String> cluster = clusterAddresses(service);
        List<String> external = new ArrayList<>(externalAddresses(service, cluster));
        List<String> ranges = sourceRanges(service);
        List<String> guarded = ranges.isEmpty() ? List.of() : balancerAddresses(service, cluster);
        external.removeAll(guarded);
        List<ServicePort> ports = new ArrayList<>();
        for (io.orchestrator.api.model.core.ServicePort port : service.spec().ports()) {
            if (port.protocol().equals(Protocol.SCTP)) {
                continue;
            }
            if (!guarded.isEmpty()) {
                ports.add(from(ranges, port(service, port, guarded, 0, slices, outside ? local : node -> true)));
            }
            if (inside == outside) {
                List<String> all = new ArrayList<>(cluster);
                all.addAll(external);
                ports.add(port(service, port, all, port.nodePort(), slices, inside ? local : node -> true));
            } else {
                ports.add(port(service, port, cluster, 0, slices, inside ? local : node -> true));
                if (!external.isEmpty() || port.nodePort() != 0) {
                    ports.add(port(service, port, external, port.nodePort(), slices, outside ? local : node -> true));
                }
            }
        }
        return ports;
    }

    /** How many ready endpoints of a service are on these nodes, whatever their ports. */
    static int ready(List<EndpointSlice> slices, Predicate<String> nodes) {
        Set<String> addresses = new TreeSet<>();
        for (EndpointSlice slice : slices) {
            for (io.orchestrator.api.model.discovery.Endpoint endpoint : slice.endpoints()) {
                String node = endpoint.nodeName();
                if (node != null && nodes.test(node) && isReady(endpoint.conditions())) {
                    addresses.addAll(endpoint.addresses());
                }
            }
        }
        return addresses.size();
    }

    private static ServicePort from(List<String> ranges, ServicePort port) {
        return new ServicePort(
                port.namespace(),
                port.service(),
                port.portName(),
                port.addresses(),
                port.port(),
                port.nodePort(),
                port.protocol(),
                port.affinity(),
                port.endpoints(),
                port.draining(),
                ranges);
    }

    /** Whom a load balancer serves; empty for everybody. Ranges in the annotation count where the field has none. */
    private static List<String> sourceRanges(Service service) {
        List<String> said = service.spec().loadBalancerSourceRanges();
        List<String> ranges = (said.isEmpty()
                        ? Stream.of(service.metadata()
                                .annotations()
                                .getOrDefault(SOURCE_RANGES, "")
                                .split(","))
                        : said.stream())
                .map(String::strip)
                .filter(range -> !range.isEmpty())
                .toList();
        return ranges.contains("0.0.0.0/0") ? List.of() : ranges;
    }

    private static ServicePort port(
            Service service,
            io.orchestrator.api.model.core.ServicePort port,
            List<String> addresses,
            int nodePort,
            List<EndpointSlice> slices,
            Predicate<String> nodes) {
        Set<Endpoint> ready = new TreeSet<>(ORDER);
        Set<Endpoint> draining = new TreeSet<>(ORDER);
        slices.forEach(slice -> collect(slice, port, nodes, ready, draining));
        draining.removeAll(ready);
        return new ServicePort(
                service.metadata().namespace(),
                service.metadata().name(),
                port.name(),
                addresses,
                port.port(),
                nodePort,
                protocol(port.protocol()),
                affinity(service.spec()),
                List.copyOf(ready),
                List.copyOf(draining));
    }

    private static boolean hasClusterAddress(Service service) {
        String address = service.spec().clusterIP();
        return !address.isEmpty()
                && !address.equals("None")
                && !service.spec().type().equals(ServiceType.EXTERNAL_NAME);
    }

    private static List<String> clusterAddresses(Service service) {
        Set<String> addresses = new LinkedHashSet<>();
        addresses.add(service.spec().clusterIP());
        addresses.addAll(service.spec().clusterIPs());
        return List.copyOf(addresses);
    }

    private static List<String> externalAddresses(Service service, List<String> cluster) {
        Set<String> addresses = new LinkedHashSet<>();
        addresses.addAll(service.spec().externalIPs());
        addresses.addAll(balancerAddresses(service, cluster));
        cluster.forEach(addresses::remove);
        return List.copyOf(addresses);
    }

    private static List<String> balancerAddresses(Service service, List<String> cluster) {
        return service.status().loadBalancer().ingress().stream()
                .map(LoadBalancerIngress::ip)
                .filter(address -> !address.isEmpty() && !cluster.contains(address))
                .distinct()
                .toList();
    }

    private static @Nullable Duration affinity(ServiceSpec spec) {
        if (!spec.sessionAffinity().equals(ServiceAffinity.CLIENT_IP)) {
            return null;
        }
        SessionAffinityConfig config = spec.sessionAffinityConfig();
        ClientIPConfig client = config == null ? null : config.clientIP();
        Integer seconds = client == null ? null : client.timeoutSeconds();
        return seconds == null ? DEFAULT_AFFINITY : Duration.ofSeconds(seconds);
    }

    private static void collect(
            EndpointSlice slice,
            io.orchestrator.api.model.core.ServicePort port,
            Predicate<String> nodes,
            Set<Endpoint> ready,
            Set<Endpoint> draining) {
        if (slice.addressType().equals(AddressType.FQDN)) {
            return;
        }
        for (EndpointPort candidate : slice.ports()) {
            Integer number = candidate.port();
            if (number == null || !isMeant(candidate, port)) {
                continue;
            }
            for (io.orchestrator.api.model.discovery.Endpoint endpoint : slice.endpoints()) {
                String node = endpoint.nodeName();
                if (endpoint.addresses().isEmpty() || (node != null && !nodes.test(node))) {
                    continue;
                }
                // All addresses of an endpoint lead to the same; Kubernetes uses the first as well.
                Endpoint target = new Endpoint(endpoint.addresses().get(0), number);
                if (isReady(endpoint.conditions())) {
                    ready.add(target);
                } else if (isDraining(endpoint.conditions())) {
                    draining.add(target);
                }
            }
        }
    }

    private static boolean isMeant(EndpointPort candidate, io.orchestrator.api.model.core.ServicePort port) {
        String name = Objects.requireNonNullElse(candidate.name(), "");
        String protocol = Objects.requireNonNullElse(candidate.protocol(), Protocol.TCP);
        return name.equals(port.name()) && protocol(protocol).equals(protocol(port.protocol()));
    }

    private static String protocol(String said) {
        return said.isEmpty() ? Protocol.TCP : said;
    }

    /** What is not said is ready. */
    private static boolean isReady(EndpointConditions conditions) {
        return !Boolean.FALSE.equals(conditions.ready());
    }

    private static boolean isDraining(EndpointConditions conditions) {
        return Boolean.TRUE.equals(conditions.serving()) && Boolean.TRUE.equals(conditions.terminating());
    }
}
