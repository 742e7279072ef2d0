package io.orchestrator.core.embed;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.model.coordination.Lease;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.testkit.simulation.SimulatedComponent;
import io.orchestrator.testkit.simulation.Simulation;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The service by which pods find the API, kept by several servers of one store. */
class KubernetesServiceSimTest {
    private static final String NAME = "kubernetes";
    private static final Duration NOTICED = Duration.ofSeconds(45);

    private final Simulation sim = Simulation.inOrder();

    @AfterEach
    void end() throws Exception {
        sim.close();
    }

    @Test
    void allServersOfAStoreAreItsEndpointsAndAtRestOnlyLeasesAreWritten() {
        server("https://10.0.0.1:6443");
        server("https://10.0.0.2:6443");
        sim.advance(NOTICED);
        assertThat(endpoints()).containsExactly("10.0.0.1:6443", "10.0.0.2:6443");
        assertThat(sliced()).containsExactly("10.0.0.1:6443", "10.0.0.2:6443");
        int writes = sim.writes();
        String before = sim.writesByKind().toString();
        sim.advance(Duration.ofMinutes(10));
        assertThat(sim.writes())
                .as("writes beside those of leases, from %s to %s", before, sim.writesByKind())
                .isEqualTo(writes);
    }

    @Test
    void aServerThatDiesIsTakenOutAndComesBack() {
        server("https://10.0.0.1:6443");
        SimulatedComponent second = server("https://10.0.0.2:6443");
        sim.advance(NOTICED);
        second.kill();
        sim.advance(NOTICED);
        assertThat(endpoints()).containsExactly("10.0.0.1:6443");
        assertThat(sliced()).containsExactly("10.0.0.1:6443");
        assertThat(leases()).hasSize(1);
        second.start();
        sim.advance(NOTICED);
        assertThat(endpoints()).containsExactly("10.0.0.1:6443", "10.0.0.2:6443");
    }

    @Test
    void aServerThatEndsTakesItselfOutAtOnceAndTheLastOneEverything() throws Exception {
        SimulatedComponent first = server("https://10.0.0.1:6443");
        SimulatedComponent second = server("https://10.0.0.2:6443");
        sim.advance(NOTICED);
        second.close();
        assertThat(endpoints()).containsExactly("10.0.0.1:6443");
        first.close();
        assertThat(endpoints()).isEmpty();
        assertThat(sliced()).isEmpty();
        assertThat(leases()).isEmpty();
        assertThat(sim.client().services().find(NAME)).isPresent();
    }

    @Test
    void serversWithPortsOfTheirOwnHaveASliceEachAndAgreeOnTheService() {
        server("https://10.0.0.1:6443");
        SimulatedComponent second = server("https://10.0.0.1:7443");
        sim.advance(NOTICED);
        assertThat(endpoints()).containsExactly("10.0.0.1:6443", "10.0.0.1:7443");
        assertThat(sliced()).containsExactly("10.0.0.1:6443", "10.0.0.1:7443");
        String service = sim.client().services().get(NAME).metadata().resourceVersion();
        sim.advance(Duration.ofMinutes(5));
        assertThat(sim.client().services().get(NAME).metadata().resourceVersion())
                .isEqualTo(service);
        second.kill();
        sim.advance(NOTICED);
        assertThat(sliced()).containsExactly("10.0.0.1:6443");
    }

    @Test
    void clocksMayJump() {
        server("https://10.0.0.1:6443");
        server("https://10.0.0.2:6443");
        sim.advance(NOTICED);
        String version =
                sim.client().resources(Endpoints.TYPE).get(NAME).metadata().resourceVersion();
        sim.time().jump(Duration.ofHours(1));
        sim.advance(Duration.ofMinutes(2));
        sim.time().jump(Duration.ofHours(-2));
        sim.advance(Duration.ofMinutes(2));
        assertThat(sim.client().resources(Endpoints.TYPE).get(NAME).metadata().resourceVersion())
                .isEqualTo(version);
    }

    private SimulatedComponent server(String url) {
        return sim.component(
                url, site -> new KubernetesService(url, "10.96.0.1", site.client(), false, site.environment()));
    }

    private List<String> endpoints() {
        return sim.client().resources(Endpoints.TYPE).list().items().stream()
                .filter(endpoints -> endpoints.metadata().name().equals(NAME))
                .flatMap(endpoints -> endpoints.subsets().stream())
                .flatMap(subset -> subset.addresses().stream()
                        .map(address ->
                                address.ip() + ":" + subset.ports().get(0).port()))
                .toList();
    }

    private TreeSet<String> sliced() {
        return sim.client().resources(EndpointSlice.TYPE).list().items().stream()
                .flatMap(slice -> slice.endpoints().stream()
                        .flatMap(endpoint -> endpoint.addresses().stream())
                        .map(address -> address + ":" + slice.ports().get(0).port()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<Lease> leases() {
        return sim.client()
                .resources(Lease.TYPE)
                .inNamespace("kube-system")
                .list()
                .items();
    }
}
