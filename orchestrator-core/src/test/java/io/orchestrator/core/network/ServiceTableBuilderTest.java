package io.orchestrator.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.ClientIPConfig;
import io.orchestrator.api.model.core.LoadBalancerIngressBuilder;
import io.orchestrator.api.model.core.LoadBalancerStatus;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.core.ServiceStatusBuilder;
import io.orchestrator.api.model.core.SessionAffinityConfig;
import io.orchestrator.api.model.discovery.EndpointBuilder;
import io.orchestrator.api.model.discovery.EndpointConditions;
import io.orchestrator.api.model.discovery.EndpointPortBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.api.model.discovery.EndpointSliceBuilder;
import io.orchestrator.spi.network.ServicePort;
import io.orchestrator.spi.network.ServicePort.Endpoint;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ServiceTableBuilderTest {

    private static Service service(UnaryOperator<ServiceSpecBuilder> edit) {
        return ServiceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder()
                        .namespace("default")
                        .name("web")
                        .build())
                .spec(edit.apply(ServiceSpecBuilder.builder()
                                .clusterIP("10.96.0.9")
                                .clusterIPs(List.of("10.96.0.9"))
                                .ports(List.of(ServicePortBuilder.builder()
                                        .name("http")
                                        .port(80)
                                        .nodePort(30080)
                                        .build())))
                        .build())
                .build();
    }

    private static EndpointSlice slice(String portName, int port, String address, EndpointConditions conditions) {
        return EndpointSliceBuilder.builder()
                .addressType("IPv4")
                .ports(List.of(EndpointPortBuilder.builder()
                        .name(portName)
                        .port(port)
                        .protocol("TCP")
                        .build()))
                .endpoints(List.of(EndpointBuilder.builder()
                        .addresses(List.of(address))
                        .conditions(conditions)
                        .build()))
                .build();
    }

    private static ServicePort only(Service service, EndpointSlice... slices) {
        List<ServicePort> ports = ServiceTableBuilder.of(service, List.of(slices));
        assertThat(ports).hasSize(1);
        return ports.get(0);
    }

    @Test
    void endpointsOfAllSlicesAreMergedAndOrdered() {
        EndpointConditions ready = new EndpointConditions(true, true, false);
        ServicePort port = only(
                service(spec -> spec),
                slice("http", 8080, "10.0.0.2", ready),
                slice("http", 9090, "10.0.0.1", ready),
                slice("metrics", 9100, "10.0.0.3", ready));
        assertThat(port.endpoints()).containsExactly(new Endpoint("10.0.0.1", 9090), new Endpoint("10.0.0.2", 8080));
        assertThat(port.nodePort()).isEqualTo(30080);
        assertThat(port.protocol()).isEqualTo("TCP");
    }

    @Test
    void conditionsDecideWhatAnEndpointIsFor() {
        ServicePort port = only(
                service(spec -> spec),
                slice("http", 1, "10.0.0.1", EndpointConditions.EMPTY),
                slice("http", 1, "10.0.0.2", new EndpointConditions(false, false, false)),
                slice("http", 1, "10.0.0.3", new EndpointConditions(false, true, true)),
                slice("http", 1, "10.0.0.4", new EndpointConditions(false, false, true)),
                slice("http", 1, "10.0.0.5", new EndpointConditions(true, false, true)));
        assertThat(port.endpoints()).extracting(Endpoint::address).containsExactly("10.0.0.1", "10.0.0.5");
        assertThat(port.draining()).extracting(Endpoint::address).containsExactly("10.0.0.3");
    }

    @Test
    void allItsAddressesAreServed() {
        Service service = service(spec -> spec.externalIPs(List.of("192.0.2.7")));
        service = service.withStatus(ServiceStatusBuilder.builder()
                .loadBalancer(new LoadBalancerStatus(List.of(
                        LoadBalancerIngressBuilder.builder().ip("192.0.2.8").build(),
                        LoadBalancerIngressBuilder.builder().hostname("lb").build())))
                .build());
        assertThat(only(service).addresses()).containsExactly("10.96.0.9", "192.0.2.7", "192.0.2.8");
    }

    @Test
    void aLoadBalancersRangesAreForItsOwnAddressesAlone() {
        Service service = service(spec ->
                        spec.externalIPs(List.of("192.0.2.7")).loadBalancerSourceRanges(List.of(" 198.51.100.0/24")))
                .withStatus(ServiceStatusBuilder.builder()
                        .loadBalancer(new LoadBalancerStatus(List.of(LoadBalancerIngressBuilder.builder()
                                .ip("192.0.2.8")
                                .build())))
                        .build());
        List<ServicePort> ports = ServiceTableBuilder.of(service, List.of());
        assertThat(ports).hasSize(2);
        assertThat(ports.get(0).addresses()).containsExactly("192.0.2.8");
        assertThat(ports.get(0).nodePort()).isZero();
        assertThat(ports.get(0).sourceRanges()).containsExactly("198.51.100.0/24");
        assertThat(ports.get(1).addresses()).containsExactly("10.96.0.9", "192.0.2.7");
        assertThat(ports.get(1).sourceRanges()).isEmpty();
    }

    @Test
    void rangesMayStandInAnAnnotationWhereTheFieldHasNone() {
        LoadBalancerStatus given = new LoadBalancerStatus(
                List.of(LoadBalancerIngressBuilder.builder().ip("192.0.2.8").build()));
        Service annotated = service(spec -> spec)
                .withStatus(ServiceStatusBuilder.builder().loadBalancer(given).build());
        annotated = annotated.withMetadata(annotated
                .metadata()
                .withAnnotation(
                        "service.beta.kubernetes.io/load-balancer-source-ranges", "198.51.100.0/24, 203.0.113.0/24"));
        assertThat(ServiceTableBuilder.of(annotated, List.of()).get(0).sourceRanges())
                .containsExactly("198.51.100.0/24", "203.0.113.0/24");
        Service both = annotated.withSpec(
                annotated.spec().with(spec -> spec.loadBalancerSourceRanges(List.of("192.0.2.0/24"))));
        assertThat(ServiceTableBuilder.of(both, List.of()).get(0).sourceRanges())
                .containsExactly("192.0.2.0/24");
    }

    @Test
    void servicesWithoutAClusterAddressAreNotServed() {
        assertThat(ServiceTableBuilder.of(service(spec -> spec.clusterIP("None")), List.of()))
                .isEmpty();
        assertThat(ServiceTableBuilder.of(service(spec -> spec.clusterIP("")), List.of()))
                .isEmpty();
        assertThat(ServiceTableBuilder.of(service(spec -> spec.type("ExternalName")), List.of()))
                .isEmpty();
    }

    @Test
    void affinityHasTheServicesTimeoutOrThreeHours() {
        assertThat(only(service(spec -> spec)).affinity()).isNull();
        assertThat(only(service(spec -> spec.sessionAffinity("ClientIP"))).affinity())
                .isEqualTo(Duration.ofHours(3));
        assertThat(only(service(spec -> spec.sessionAffinity("ClientIP")
                                .sessionAffinityConfig(new SessionAffinityConfig(new ClientIPConfig(60)))))
                        .affinity())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void trafficThatStaysOnTheNodeIsLedToItsEndpointsAlone() {
        List<EndpointSlice> slices = List.of(on("here", "10.0.0.1"), on("elsewhere", "10.0.0.2"));
        List<ServicePort> inside =
                ServiceTableBuilder.of(service(spec -> spec.internalTrafficPolicy("Local")), slices, "here"::equals);
        assertThat(inside).hasSize(2);
        assertThat(inside.get(0).addresses()).containsExactly("10.96.0.9");
        assertThat(inside.get(0).endpoints()).extracting(Endpoint::address).containsExactly("10.0.0.1");
        assertThat(inside.get(1).nodePort()).isEqualTo(30080);
        assertThat(inside.get(1).endpoints())
                .extracting(Endpoint::address)
                .as("who comes from outside")
                .containsExactly("10.0.0.1", "10.0.0.2");

        List<ServicePort> outside = ServiceTableBuilder.of(
                service(spec -> spec.externalTrafficPolicy("Local").externalIPs(List.of("192.0.2.7"))),
                slices,
                "here"::equals);
        assertThat(outside).hasSize(2);
        assertThat(outside.get(0).endpoints()).as("who comes from inside").hasSize(2);
        assertThat(outside.get(0).nodePort()).isZero();
        assertThat(outside.get(1).addresses()).containsExactly("192.0.2.7");
        assertThat(outside.get(1).nodePort()).isEqualTo(30080);
        assertThat(outside.get(1).endpoints()).extracting(Endpoint::address).containsExactly("10.0.0.1");

        assertThat(ServiceTableBuilder.of(
                        service(spec -> spec.internalTrafficPolicy("Local").externalTrafficPolicy("Local")),
                        slices,
                        "third"::equals))
                .singleElement()
                .satisfies(port -> assertThat(port.endpoints()).isEmpty());
    }

    private static EndpointSlice on(String node, String address) {
        EndpointSlice slice = slice("http", 8080, address, EndpointConditions.EMPTY);
        return EndpointSliceBuilder.builder(slice)
                .endpoints(List.of(EndpointBuilder.builder(slice.endpoints().get(0))
                        .nodeName(node)
                        .build()))
                .build();
    }

    @Test
    void sctpIsLeftOut() {
        assertThat(ServiceTableBuilder.of(
                        service(spec -> spec.ports(List.of(ServicePortBuilder.builder()
                                .port(80)
                                .protocol("SCTP")
                                .build()))),
                        List.of()))
                .isEmpty();
    }
}
