package io.orchestrator.core.embed;

import io.orchestrator.api.meta.IntOrString;
import io.orchestrator.api.meta.ObjectMeta;
import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.EndpointAddressBuilder;
import io.orchestrator.api.model.core.EndpointSubset;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePort;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.discovery.EndpointBuilder;
import io.orchestrator.api.model.discovery.EndpointConditionsBuilder;
import io.orchestrator.api.model.discovery.EndpointPortBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.discovery.EndpointSliceBuilder;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The service {@code kubernetes} and its endpoints, as they should be while the API is served at these URLs: of each family and
 * port one slice, of which the first has the name of the service. Pure functions.
 */
final class ApiServiceObjects {
    static final String NAME = "kubernetes";

    private static final String NAMESPACE = "default";
    private static final String PORT_NAME = "https";
    private static final int PORT = 443;
    private static final String TCP = "TCP";

    /** Servers that one slice can hold. */
    private record Group(String family, int port) {}

    private final Map<Group, List<String>> hosts = new LinkedHashMap<>();

    private ApiServiceObjects(List<URI> urls) {
        for (URI url : urls) {
            String host = url.getHost().replaceAll("[\\[\\]]", "");
            Group group = new Group(host.indexOf(':') < 0 ? "IPv4" : "IPv6", url.getPort());
            hosts.computeIfAbsent(group, fresh -> new ArrayList<>()).add(host);
        }
    }

    /** @param urls such as {@code https://127.0.0.1:6443}, one at least */
    static ApiServiceObjects at(List<URI> urls) {
        return new ApiServiceObjects(urls);
    }

    /** @param clusterIp where it shall answer; empty for any address */
    Service service(String clusterIp) {
        return ServiceBuilder.builder()
                .metadata(meta(NAME, Map.of("component", "apiserver", "provider", NAME)))
                .spec(ServiceSpecBuilder.builder()
                        .clusterIP(clusterIp)
                        .ports(ports())
                        .build())
                .build();
    }

    List<ServicePort> ports() {
        return List.of(port(hosts.keySet().iterator().next().port()));
    }

    /** Whether the service says what it should. Of several servers' ports it names one. */
    boolean accepts(List<ServicePort> ports) {
        return hosts.keySet().stream().anyMatch(group -> ports.equals(List.of(port(group.port()))));
    }

    private static ServicePort port(int target) {
        return ServicePortBuilder.builder()
                .name(PORT_NAME)
                .port(PORT)
                .protocol(TCP)
                .targetPort(IntOrString.of(target))
                .build();
    }

    /** For clients of the older kind. They stand for the slices; none is to be made from them. */
    Endpoints endpoints() {
        List<EndpointSubset> subsets = new ArrayList<>();
        hosts.forEach((group, addresses) -> subsets.add(new EndpointSubset(
                addresses.stream()
                        .map(host -> EndpointAddressBuilder.builder().ip(host).build())
                        .toList(),
                List.of(),
                List.of(io.orchestrator.api.model.core.EndpointPortBuilder.builder()
                        .name(PORT_NAME)
                        .port(group.port())
                        .protocol(TCP)
                        .build()))));
        return new Endpoints(meta(NAME, Map.of("endpointslice.kubernetes.io/skip-mirror", "true")), subsets);
    }

    List<EndpointSlice> slices() {
        List<EndpointSlice> slices = new ArrayList<>();
        hosts.forEach((group, addresses) -> slices.add(slice(slices.isEmpty(), group, addresses)));
        return slices;
    }

    private static EndpointSlice slice(boolean first, Group group, List<String> addresses) {
        String name = first ? NAME : NAME + "-" + group.family().toLowerCase(Locale.ROOT) + "-" + group.port();
        return EndpointSliceBuilder.builder()
                .metadata(meta(name, Map.of("kubernetes.io/service-name", NAME)))
                .addressType(group.family())
                .endpoints(addresses.stream()
                        .map(host -> EndpointBuilder.builder()
                                .addresses(List.of(host))
                                .conditions(EndpointConditionsBuilder.builder()
                                        .ready(true)
                                        .build())
                                .build())
                        .toList())
                .ports(List.of(EndpointPortBuilder.builder()
                        .name(PORT_NAME)
                        .port(group.port())
                        .protocol(TCP)
                        .build()))
                .build();
    }

    private static ObjectMeta meta(String name, Map<String, String> labels) {
        return ObjectMetaBuilder.builder()
                .name(name)
                .namespace(NAMESPACE)
                .labels(labels)
                .build();
    }
}
