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
import org.jspecify.annotations.Nullable;

/**
 * What a proxy is to serve for a service: a pure function of the service and its slices. Services without a cluster address
 * (headless, external names, not yet given one) and those of another proxy are served nowhere. Traffic policies that prefer local endpoints are read as
 * {@code Cluster}.
 */
public final class ServiceTableBuilder {
    /** Names the service of a slice. */
    public static final String SERVICE_NAME = "kubernetes.io/service-name";

    /** Marks a service that somebody else serves. */
    public static final String SERVED_BY = "service.kubernetes.io/service-proxy-name";

    private static final Duration DEFAULT_AFFINITY = Duration.ofHours(3);
    private static final Comparator<Endpoint> ORDER =
            Comparator.comparing(Endpoint::address).thenComparingInt(Endpoint::port);

    private ServiceTableBuilder() {}

    /** @param slices those that name this service */
    public static List<ServicePort> of(Service service, List<EndpointSlice> slices) {
        if (!hasClusterAddress(service) || service.metadata().labels().containsKey(SERVED_BY)) {
            return List.of();
        }
        List<String> addresses = addresses(service);
        List<ServicePort> ports = new ArrayList<>();
        for (io.orchestrator.api.model.core.ServicePort port : service.spec().ports()) {
            if (port.protocol().equals(Protocol.SCTP)) {
                continue;
            }
            Set<Endpoint> ready = new TreeSet<>(ORDER);
            Set<Endpoint> draining = new TreeSet<>(ORDER);
            slices.forEach(slice -> collect(slice, port, ready, draining));
            draining.removeAll(ready);
            ports.add(new ServicePort(
                    service.metadata().namespace(),
                    service.metadata().name(),
                    port.name(),
                    addresses,
                    port.port(),
                    port.nodePort(),
                    protocol(port.protocol()),
                    affinity(service.spec()),
                    List.copyOf(ready),
                    List.copyOf(draining)));
        }
        return ports;
    }

    private static boolean hasClusterAddress(Service service) {
        String address = service.spec().clusterIP();
        return !address.isEmpty()
                && !address.equals("None")
                && !service.spec().type().equals(ServiceType.EXTERNAL_NAME);
    }

    private static List<String> addresses(Service service) {
        Set<String> addresses = new LinkedHashSet<>();
        addresses.add(service.spec().clusterIP());
        addresses.addAll(service.spec().clusterIPs());
        addresses.addAll(service.spec().externalIPs());
        for (LoadBalancerIngress ingress : service.status().loadBalancer().ingress()) {
            if (!ingress.ip().isEmpty()) {
                addresses.add(ingress.ip());
            }
        }
        return List.copyOf(addresses);
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
                if (endpoint.addresses().isEmpty()) {
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
