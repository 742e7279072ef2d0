package io.orchestrator.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.client.ListOptions;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Namespace;
import io.orchestrator.api.model.core.Pod;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.testkit.junit.Conformance;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EndpointConformanceSimTest extends OnConformingCluster {
    @Test
    @Conformance(
            "[sig-network] EndpointSlice should create and delete Endpoints and EndpointSlices for a Service with a"
                    + " selector specified")
    void aServiceHasEndpointsAndSlicesForAsLongAsItIsThere() {
        cluster.client.create(Service.named("empty")
                .selects("does-not", "match-anything")
                .port(80)
                .build());
        cluster.settle();
        assertThat(cluster.get(Endpoints.TYPE, "empty").subsets()).isEmpty();
        assertThat(slices("empty"))
                .isNotEmpty()
                .allMatch(slice -> slice.endpoints().isEmpty());
        cluster.client.services().delete("empty");
        cluster.settle();
        assertThat(cluster.client.resources(Endpoints.TYPE).find("empty")).isEmpty();
        assertThat(slices("empty")).isEmpty();
    }

    @Test
    @Conformance("[sig-network] EndpointSlice should create Endpoints and EndpointSlices for Pods matching a Service")
    void podsAreEndpointsOfEveryServiceThatSelectsThem() {
        pod("pod1", "foo: bar, shared: yes1", "name: example-name, containerPort: 3000");
        pod("pod2", "shared: yes1", "name: other-port, containerPort: 3001");
        cluster.client.create(Service.named("int-port")
                .selects("foo", "bar")
                .port("example", 80, 3000)
                .build());
        cluster.client.create(Service.named("named-port")
                .selects("shared", "yes1")
                .port("http", 80, "example-name")
                .build());
        cluster.client.create(Service.named("no-match")
                .selects("foo", "nobody")
                .port("http", 80, 3000)
                .build());
        cluster.settle();
        String address = address("pod1");
        assertThat(endpoints("int-port")).containsExactly(address + ":3000");
        assertThat(endpoints("named-port"))
                .as("only one of the pods has a port of that name")
                .containsExactly(address + ":3000");
        assertThat(endpoints("no-match")).isEmpty();
        for (String service : List.of("int-port", "named-port", "no-match")) {
            assertThat(sliced(service)).containsExactlyElementsOf(endpoints(service));
        }
        assertThat(slices("int-port").get(0).endpoints().get(0))
                .matches(endpoint ->
                        Objects.requireNonNull(endpoint.targetRef()).name().equals("pod1"))
                .matches(endpoint -> Boolean.TRUE.equals(endpoint.conditions().ready()));
        cluster.client.pods().delete("pod1");
        cluster.settle();
        assertThat(endpoints("int-port")).isEmpty();
        assertThat(sliced("int-port")).isEmpty();
    }

    @Test
    @Conformance(
            "[sig-network] EndpointSliceMirroring should mirror a custom Endpoints resource through create update and"
                    + " delete")
    void endpointsThatSomebodyWritesAreMirrored() {
        cluster.create(
                "{apiVersion: v1, kind: Service, metadata: {name: custom}, spec: {ports: [{name: example, port: 80,"
                        + " protocol: TCP}]}}");
        cluster.create(
                "{apiVersion: v1, kind: Endpoints, metadata: {name: custom}, subsets: [{addresses: [{ip: 10.1.2.3}],"
                        + " ports: [{name: example, port: 80, protocol: TCP}]}]}");
        cluster.settle();
        EndpointSlice mirror = slices("custom").get(0);
        assertThat(slices("custom")).hasSize(1);
        assertThat(mirror.metadata().labels())
                .containsEntry("endpointslice.kubernetes.io/managed-by", "endpointslicemirroring-controller.k8s.io");
        assertThat(sliced("custom")).containsExactly("10.1.2.3:80");
        cluster.merge(
                Endpoints.TYPE,
                "custom",
                "{'subsets':[{'addresses':[{'ip':'10.2.3.4'}],'ports':[{'name':'example','port':9090,'protocol':'TCP'}]}]}");
        cluster.settle();
        assertThat(sliced("custom")).containsExactly("10.2.3.4:9090");
        cluster.client.resources(Endpoints.TYPE).delete("custom");
        cluster.settle();
        assertThat(slices("custom")).isEmpty();
    }

    @Test
    @Conformance("[sig-network] Services should find a service from listing all namespaces")
    void aServiceIsFoundAmongThoseOfAllNamespaces() {
        cluster.client.create(Namespace.named("other").build());
        cluster.client
                .inNamespace("other")
                .create(Service.named("far").selects("app", "far").port(80).build());
        assertThat(cluster.client.services().inAnyNamespace().list().items())
                .anyMatch(service -> service.metadata().namespace().equals("other")
                        && service.metadata().name().equals("far"));
    }

    private void pod(String name, String labels, String port) {
        cluster.create("{apiVersion: v1, kind: Pod, metadata: {name: " + name + ", labels: {" + labels
                + "}}, spec: {containers: [{name: c, image: 'app:1', ports: [{" + port + "}]}]}}");
    }

    private String address(String pod) {
        return cluster.get(Pod.TYPE, pod).status().podIP();
    }

    private List<String> endpoints(String service) {
        return cluster.get(Endpoints.TYPE, service).subsets().stream()
                .flatMap(subset -> subset.addresses().stream()
                        .flatMap(address -> subset.ports().stream().map(port -> address.ip() + ":" + port.port())))
                .toList();
    }

    private List<EndpointSlice> slices(String service) {
        return cluster.client
                .resources(EndpointSlice.TYPE)
                .list(ListOptions.all().labels("kubernetes.io/service-name=" + service))
                .items();
    }

    private List<String> sliced(String service) {
        return slices(service).stream()
                .flatMap(slice -> slice.endpoints().stream()
                        .flatMap(endpoint -> slice.ports().stream()
                                .map(port -> endpoint.addresses().get(0) + ":" + port.port())))
                .toList();
    }
}
