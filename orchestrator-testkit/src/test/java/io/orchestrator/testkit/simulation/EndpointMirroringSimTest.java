package io.orchestrator.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.orchestrator.api.meta.ObjectMetaBuilder;
import io.orchestrator.api.model.core.EndpointAddress;
import io.orchestrator.api.model.core.EndpointAddressBuilder;
import io.orchestrator.api.model.core.EndpointPort;
import io.orchestrator.api.model.core.EndpointPortBuilder;
import io.orchestrator.api.model.core.EndpointSubset;
import io.orchestrator.api.model.core.Endpoints;
import io.orchestrator.api.model.core.Service;
import io.orchestrator.api.model.core.ServiceBuilder;
import io.orchestrator.api.model.core.ServicePortBuilder;
import io.orchestrator.api.model.core.ServiceSpecBuilder;
import io.orchestrator.api.model.discovery.EndpointSlice;
import io.orchestrator.core.control.endpoints.EndpointsReconciler;
import io.orchestrator.core.control.endpointslice.EndpointSliceReconciler;
import io.orchestrator.core.control.endpointslicemirroring.MirrorReconciler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Addresses that somebody wrote down for a service without a selector reach the slices that proxies read. */
class EndpointMirroringSimTest {
    private static final String MANAGER = "endpointslicemirroring-controller.k8s.io";

    @Test
    void whatIsWrittenByHandIsMirroredByFamilyAndPorts() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            create(cluster, service(Map.of()));
            create(
                    cluster,
                    endpoints(
                            Map.of("team", "db"),
                            new EndpointSubset(
                                    List.of(address("10.0.0.1"), address("2001:db8::1")),
                                    List.of(address("10.0.0.2")),
                                    List.of(port(5432)))));
            cluster.sim.settle();
            assertThat(slices(cluster))
                    .containsExactly("IPv4 [10.0.0.1=true, 10.0.0.2=false] 5432", "IPv6 [2001:db8::1=true] 5432");
            EndpointSlice slice = all(cluster).get(0);
            assertThat(slice.metadata().labels())
                    .containsEntry("kubernetes.io/service-name", "db")
                    .containsEntry("endpointslice.kubernetes.io/managed-by", MANAGER)
                    .containsEntry("team", "db");
            assertThat(slice.metadata().name()).startsWith("db-");
            assertThat(slice.metadata().ownerReferences().get(0).kind()).isEqualTo("Endpoints");
            cluster.mustRestFor(Duration.ofMinutes(10));

            edit(cluster, new EndpointSubset(List.of(address("10.0.0.9")), List.of(), List.of(port(5432))));
            cluster.sim.settle();
            assertThat(slices(cluster)).containsExactly("IPv4 [10.0.0.9=true] 5432");
        }
    }

    @Test
    void whatGoesOrIsNotToBeMirroredLeavesNoSlices() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            EndpointSubset one = new EndpointSubset(List.of(address("10.0.0.1")), List.of(), List.of(port(1)));
            create(cluster, endpoints(Map.of(), one));
            cluster.sim.settle();
            assertThat(slices(cluster)).as("no service").isEmpty();
            create(cluster, service(Map.of()));
            cluster.sim.settle();
            assertThat(slices(cluster)).hasSize(1);
            cluster.sim
                    .client()
                    .resources(Endpoints.TYPE)
                    .edit(
                            "db",
                            each -> each.withMetadata(each.metadata()
                                    .withLabels(Map.of("endpointslice.kubernetes.io/skip-mirror", "true"))));
            cluster.sim.settle();
            assertThat(slices(cluster)).as("said not to be mirrored").isEmpty();
            cluster.sim
                    .client()
                    .resources(Endpoints.TYPE)
                    .edit("db", each -> each.withMetadata(each.metadata().withLabels(Map.of())));
            cluster.sim.settle();
            assertThat(slices(cluster)).hasSize(1);
            cluster.sim.client().resources(Endpoints.TYPE).delete("db");
            cluster.sim.settle();
            assertThat(slices(cluster)).isEmpty();
        }
    }

    @Test
    void aServiceThatSelectsPodsIsNotMirrored() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            create(cluster, service(Map.of("app", "db")));
            cluster.sim.settle();
            assertThat(all(cluster))
                    .allMatch(slice ->
                            !MANAGER.equals(slice.metadata().labels().get("endpointslice.kubernetes.io/managed-by")))
                    .hasSize(1);
        }
    }

    @Test
    void aSliceThatIsDeletedOrChangedComesBack() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            create(cluster, service(Map.of()));
            create(
                    cluster,
                    endpoints(Map.of(), new EndpointSubset(List.of(address("10.0.0.1")), List.of(), List.of(port(1)))));
            cluster.sim.settle();
            String name = all(cluster).get(0).metadata().name();
            cluster.sim.client().resources(EndpointSlice.TYPE).delete(name);
            cluster.sim.settle();
            assertThat(all(cluster))
                    .extracting(slice -> slice.metadata().name())
                    .containsExactly(name);
            cluster.sim
                    .client()
                    .resources(EndpointSlice.TYPE)
                    .edit(name, slice -> slice.with(change -> change.endpoints(List.of())));
            cluster.sim.settle();
            assertThat(slices(cluster)).containsExactly("IPv4 [10.0.0.1=true] 1");
        }
    }

    @Test
    void moreThanAThousandOfOneSubsetAreTooMany() throws Exception {
        try (Workloads cluster = cluster(Simulation.inOrder())) {
            create(cluster, service(Map.of()));
            List<EndpointAddress> many = new ArrayList<>();
            for (int i = 0; i < 1003; i++) {
                many.add(address("10.1." + i / 250 + "." + (1 + i % 250)));
            }
            create(
                    cluster,
                    endpoints(
                            Map.of(),
                            new EndpointSubset(many, List.of(), List.of(port(1))),
                            new EndpointSubset(List.of(address("10.2.0.1")), List.of(), List.of(port(1)))));
            cluster.sim.settle();
            assertThat(all(cluster))
                    .extracting(slice -> slice.endpoints().size())
                    .containsExactlyInAnyOrder(1000, 1);
            assertThat(cluster.events())
                    .contains(
                            "endpoint-slice-mirroring-controller/TooManyAddressesToMirror: A max of 1000 addresses can"
                                    + " be mirrored to EndpointSlices per Endpoints subset. 3 addresses were skipped");
        }
    }

    @Test
    void endsTheSameWhereverItDiesAndThoughAnyEventIsLate() throws Exception {
        int writes = new CrashPoints<>(() -> cluster(Simulation.inOrder()), cluster -> cluster.controllers, cluster -> {
                    create(cluster, service(Map.of()));
                    create(
                            cluster,
                            endpoints(
                                    Map.of(),
                                    new EndpointSubset(List.of(address("10.0.0.1")), List.of(), List.of(port(1))),
                                    new EndpointSubset(List.of(address("2001:db8::1")), List.of(), List.of(port(2)))));
                    cluster.sim.settle();
                    edit(cluster, new EndpointSubset(List.of(address("10.0.0.3")), List.of(), List.of(port(3))));
                    cluster.sim.settle();
                    cluster.mustRestFor(Duration.ofMinutes(5));
                    return slices(cluster).toString();
                })
                .forEachWriteAndEvent();
        assertThat(writes).isGreaterThan(3);
    }

    @Test
    void endsTheSameThoughMuchGoesWrong() throws Exception {
        for (long seed = 0; seed < 20; seed++) {
            try (Workloads cluster = cluster(Simulation.seeded(seed))) {
                cluster.controllers.faults().rates(FaultRates.rough());
                create(cluster, service(Map.of()));
                create(
                        cluster,
                        endpoints(
                                Map.of(),
                                new EndpointSubset(List.of(address("10.0.0.1")), List.of(), List.of(port(1)))));
                for (int i = 2; i < 8; i++) {
                    cluster.sim.advance(Duration.ofMillis(cluster.sim.random().nextInt(5000)));
                    edit(
                            cluster,
                            new EndpointSubset(List.of(address("10.0.0." + i)), List.of(), List.of(port(1 + i % 2))));
                }
                cluster.controllers.faults().rates(FaultRates.none());
                cluster.sim.settle();
                assertThat(slices(cluster)).as("seed %s", seed).containsExactly("IPv4 [10.0.0.7=true] 2");
            }
        }
    }

    private static Workloads cluster(Simulation sim) {
        return new Workloads(
                sim,
                clock -> List.of(EndpointsReconciler.spec(), EndpointSliceReconciler.spec(), MirrorReconciler.spec()));
    }

    private static <T extends io.orchestrator.api.meta.Resource> void create(Workloads cluster, T object) {
        cluster.sim.client().create(object);
    }

    private static void edit(Workloads cluster, EndpointSubset... subsets) {
        cluster.sim
                .client()
                .resources(Endpoints.TYPE)
                .edit("db", each -> new Endpoints(each.metadata(), List.of(subsets)));
    }

    private static List<EndpointSlice> all(Workloads cluster) {
        return cluster.sim.client().resources(EndpointSlice.TYPE).list().items();
    }

    /** As {@code family [address=ready, ...] port}, ordered. */
    private static List<String> slices(Workloads cluster) {
        return all(cluster).stream()
                .map(slice -> slice.addressType() + " "
                        + slice.endpoints().stream()
                                .map(endpoint -> endpoint.addresses().get(0) + "="
                                        + endpoint.conditions().ready())
                                .toList()
                        + " " + slice.ports().get(0).port())
                .sorted()
                .toList();
    }

    private static Service service(Map<String, String> selector) {
        return ServiceBuilder.builder()
                .metadata(ObjectMetaBuilder.builder().name("db").build())
                .spec(ServiceSpecBuilder.builder()
                        .selector(selector)
                        .ports(List.of(ServicePortBuilder.builder().port(5432).build()))
                        .build())
                .build();
    }

    private static Endpoints endpoints(Map<String, String> labels, EndpointSubset... subsets) {
        return new Endpoints(
                ObjectMetaBuilder.builder().name("db").labels(labels).build(), List.of(subsets));
    }

    private static EndpointAddress address(String ip) {
        return EndpointAddressBuilder.builder().ip(ip).build();
    }

    private static EndpointPort port(int number) {
        return EndpointPortBuilder.builder().port(number).build();
    }
}
